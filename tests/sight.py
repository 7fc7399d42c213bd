"""How a colour looks to each kind of sight, and how far two of them are apart.

Colour blindness is that of Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color
vision deficiency"; appearance that of CIECAM02 (CIE 159:2004); distance that of Luo, Cui, Li 2006, "Uniform colour spaces
based on CIECAM02 colour appearance model". Colours are red, green and blue of a screen (sRGB, IEC 61966-2-1), from 0 to 1.
"""

import numpy as np

# From linear red, green and blue to CIE's X, Y and Z, and the white of a screen (D65).
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([95.047, 100, 108.883])
# A screen's white of 64 lux, of which a fifth reaches the eye as grey, in candela per square metre.
ADAPTING = 64 / np.pi / 5

# From linear colours to linear colours: table 1 of Machado et al., complete.
BLIND = {
    "protanomaly": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranomaly": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanomaly": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}

# CIECAM02: to the cones that adapt to a light, and to those that respond.
CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
CONES = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0, 0, 1]])


def linear(colour):
    colour = np.asarray(colour, float)
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def seen(colour, sight):
    """Return a colour as somebody with that sight, a key of BLIND or None, sees it."""
    if sight is None:
        return np.asarray(colour, float)
    light = np.clip(BLIND[sight] @ linear(colour), 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def appearance(xyz, white=WHITE, adapting=ADAPTING):
    """Return CIECAM02's lightness J, colourfulness M and hue h in degrees, in average surroundings on a background of 20."""
    small = 1 / (5 * adapting + 1)
    level = 0.2 * small**4 * 5 * adapting + 0.1 * (1 - small**4) ** 2 * (5 * adapting) ** (1 / 3)
    adapted = 1 - np.exp((-adapting - 42) / 92) / 3.6
    background = 20 / white[1]
    induction = 0.725 * background**-0.2

    def responses(xyz):
        light = CAT02 @ xyz * (white[1] * adapted / (CAT02 @ white) + 1 - adapted)
        cones = CONES @ np.linalg.solve(CAT02, light)
        power = (level * np.abs(cones) / 100) ** 0.42
        return np.sign(cones) * 400 * power / (power + 27.13) + 0.1

    def achromatic(response):
        return (response @ [2, 1, 1 / 20] - 0.305) * induction

    response = responses(xyz)
    a, b = response @ [1, -12 / 11, 1 / 11], response @ [1 / 9, 1 / 9, -2 / 9]
    hue = np.arctan2(b, a)
    exponent = 0.69 * (1.48 + background**0.5)
    lightness = 100 * (achromatic(response) / achromatic(responses(white))) ** exponent
    eccentric = (np.cos(hue + 2) + 3.8) / 4
    t = 50000 / 13 * induction * eccentric * np.hypot(a, b) / (response @ [1, 1, 21 / 20])
    chroma = t**0.9 * (lightness / 100) ** 0.5 * (1.64 - 0.29**background) ** 0.73
    return lightness, chroma * level**0.25, np.degrees(hue) % 360


def uniform(colour):
    """Return a colour's place in CAM02-UCS: lightness, from 0 for black to 100 for white, and two axes of colour."""
    lightness, colourfulness, hue = appearance(100 * TO_XYZ @ linear(colour))
    radius, angle = np.log1p(0.0228 * colourfulness) / 0.0228, np.radians(hue)
    return np.array(
        [1.7 * lightness / (1 + 0.007 * lightness), radius * np.cos(angle), radius * np.sin(angle)]
    )
