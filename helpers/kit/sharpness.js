// Asks for a sharper picture where a screen has more pixels than the page counts, or the page is enlarged. It asks when an
// explorer's picture has stood still for a second: while one drags, the next picture would have to wait for a sharper one.
// sharpness.py calls this function. Where an output may run no JavaScript, pictures stay as they are.
(() => {
  if (window.courseSharpens) return;
  window.courseSharpens = true;
  const SECOND = 1000;
  const PICTURES = ".explorer .widget-image";
  const timers = new WeakMap();

  function ask(image) {
    const sharp = image.naturalWidth > image.getAttribute("width");
    // On a page behind another one, a picture is shown on no pixels at all.
    if (sharp || image.clientWidth * window.devicePixelRatio < 1.1 * image.naturalWidth) return;
    image.closest(".explorer")?.querySelector(".explorer-sharpen")?.click();
  }

  function waitUntilStill(image) {
    clearTimeout(timers.get(image));
    timers.set(image, setTimeout(ask, SECOND, image));
  }

  // A page may be enlarged later, or come to the front; both change the size that a picture has on it, or that of the window.
  const sizes = new ResizeObserver(changes => changes.forEach(({target}) => waitUntilStill(target)));
  window.addEventListener("resize", () => document.querySelectorAll(PICTURES).forEach(waitUntilStill));

  function watchAll() {
    for (const image of document.querySelectorAll(PICTURES)) {
      if (timers.has(image)) continue;
      image.addEventListener("load", () => waitUntilStill(image));
      // It reports each picture once at the beginning.
      sizes.observe(image);
      timers.set(image, 0);
    }
  }

  // JupyterLab puts a cell on the page only when it is scrolled to.
  new MutationObserver(watchAll).observe(document.body, {subtree: true, childList: true});
  watchAll();
})
