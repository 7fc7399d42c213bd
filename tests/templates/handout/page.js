// A part that is too wide for the page can be moved from the keyboard, too.
function reachable() {
    for (const part of document.querySelectorAll("pre, .wide, .output")) {
        if (part.scrollWidth > part.clientWidth) part.tabIndex = 0
        else part.removeAttribute("tabindex")
    }
}
addEventListener("resize", reachable)
document.addEventListener("toggle", reachable, true)
reachable()

// Paper cannot unfold.
let opened = []
addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")]
    for (const fold of opened) fold.open = true
})
addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false
})
