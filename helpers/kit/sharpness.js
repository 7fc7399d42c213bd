// Asks for a sharper picture where a screen has more pixels than the page counts, or the page is enlarged. It asks when an
// explorer's picture has stood still for a second: while one drags, the next picture would have to wait for a sharper one.
// sharpness.py calls this function. Where an output may run no JavaScript, pictures stay as they are.
(() => {
  if (window.courseSharpens) return;
  window.courseSharpens = true;
  const SECOND = 1000;
  const PICTURES = ".explorer .widget-image";
  const timers = new WeakMap();
  const asked = new WeakSet();

  function ask(image) {
    if (image.clientWidth * window.devicePixelRatio < 1.1 * image.naturalWidth) return;
    asked.add(image);
    image.closest(".explorer").querySelector(".explorer-sharpen")?.click();
  }

  function waitUntilStill(image) {
    clearTimeout(timers.get(image));
    // What has been asked for is as sharp as it gets.
    if (!asked.delete(image)) timers.set(image, setTimeout(ask, SECOND, image));
  }

  document.addEventListener("load", event => {
    if (event.target.matches?.(PICTURES)) waitUntilStill(event.target);
  }, true);
  // The page may be enlarged later.
  const lookAtAll = () => document.querySelectorAll(PICTURES).forEach(waitUntilStill);
  window.addEventListener("resize", lookAtAll);
  lookAtAll();
})
