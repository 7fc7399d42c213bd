// Names for what ipywidgets and JupyterLab leave nameless, taken from the text beside it, for those who hear the page;
// and a way out of the one place that keeps the Tab key. names.py calls this function with the words.
(WORDS => {
  if (window.courseNamesThings) return;
  window.courseNamesThings = true;

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  };

  const ICONS = {"fa-play": WORDS.play, "fa-pause": WORDS.pause, "fa-stop": WORDS.stop, "fa-retweet": WORDS.repeat};

  const fill = (template, label) => template.replace("{label}", () => label);

  const labelOf = widget => widget.querySelector(".widget-label")?.textContent ?? "";

  function nameAll(area) {
    for (const slider of area.querySelectorAll(".widget-slider")) {
      const readout = slider.querySelector(".widget-readout");
      // A slider with named stops would say the number of the stop.
      set(slider.querySelector(".noUi-handle"), {"aria-label": labelOf(slider), "aria-valuetext": readout.textContent});
      // What is typed beside named stops is not heeded, and would stay there.
      if (slider.matches(".course-stops")) {
        set(readout, {contenteditable: "false"});
        readout.removeAttribute("role");
        readout.removeAttribute("aria-label");
      } else {
        set(readout, {role: "textbox", "aria-label": fill(WORDS.typed, labelOf(slider))});
      }
    }
    for (const group of area.querySelectorAll(".widget-toggle-buttons")) {
      set(group, {role: "group", "aria-label": labelOf(group)});
      for (const button of group.querySelectorAll("button")) {
        set(button, {"aria-pressed": String(button.classList.contains("mod-active"))});
      }
    }
    for (const player of area.querySelectorAll(".widget-play, .jupyter-widgets-play")) {
      for (const button of player.querySelectorAll("button")) {
        const icon = Object.keys(ICONS).find(icon => button.querySelector(`.${icon}`));
        if (icon) set(button, {"aria-label": fill(ICONS[icon], labelOf(player.previousElementSibling))});
      }
    }
    for (const canvas of area.querySelectorAll("canvas[tabindex]")) {
      set(canvas, {role: "application", "aria-label": WORDS.paper});
    }
    // A region is announced only if it stood there before its words; these come anew with each sentence.
    for (const region of area.querySelectorAll(".widget-html-content > [role=status]")) {
      set(region.parentElement, {role: "status", "aria-live": "polite"});
      region.removeAttribute("role");
      region.removeAttribute("aria-live");
    }
    // A figure of the course is followed by its sentence. JupyterLab gives it the text "", as if it said nothing.
    for (const image of area.querySelectorAll('.jp-RenderedImage img:is(:not([alt]), [alt=""])')) {
      const next = image.closest(".jp-OutputArea-child")?.nextElementSibling?.querySelector(".jp-RenderedMarkdown");
      if (next) set(image, {alt: next.textContent.trim()});
    }
  }

  new MutationObserver(changes => {
    const areas = changes.map(change => change.target.closest?.(".jp-OutputArea"));
    new Set(areas).forEach(area => area && nameAll(area));
  }).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuetext", "class", "contenteditable"],
  });
  document.querySelectorAll(".jp-OutputArea").forEach(nameAll);

  // ipycanvas keeps every key to itself, so that nobody could leave its square by the Tab key.
  window.addEventListener("keydown", event => {
    if (event.key === "Tab" && event.target.matches?.("canvas[tabindex]")) event.stopImmediatePropagation();
  }, true);
})
