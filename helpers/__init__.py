"""The numerical floor of the course, built in the notebooks and then used by them."""

from helpers import browser

if browser.IN_BROWSER:
    browser.settle_in()
