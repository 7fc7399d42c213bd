// Names for what ipywidgets and JupyterLab leave nameless, taken from the text beside it, for those who hear the page;
// their own keys for sliders, menus and the square that one draws in, and a way out of that square by the Tab key.
// names.py calls this function with the words. It knows widgets by the class names of ipywidgets, which are the same in
// JupyterLab, Notebook 7, nbclassic, Voilà and whatever builds on html-manager, as VS Code and Colab do; figures get their
// text only in JupyterLab, Notebook 7 and Voilà, whose outputs it knows. Where an output may run no JavaScript, or runs it
// in a frame of its own, all stays as ipywidgets has it. A page may hold notebooks in several languages: each is marked with
// its own, so that it is read by the voice for it, and gets the words that came in it.
(WORDS => {
  const words = window.courseWords ??= {};
  words[WORDS.language] = WORDS;
  if (window.courseNamesThings) return window.courseNamesThings();
  window.courseNamesThings = () => nameAll(document.body);

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  };

  const wordsAt = element => words[element.closest("[lang]")?.lang] ?? WORDS;

  const iconsOf = WORDS => (
    {"fa-play": WORDS.play, "fa-pause": WORDS.pause, "fa-stop": WORDS.stop, "fa-retweet": WORDS.repeat}
  );

  const fill = (template, label) => template.replace("{label}", () => label);

  const labelOf = widget => widget.querySelector(".widget-label")?.textContent ?? "";

  const LANGUAGE = /course-speaks-(\S+)/;

  function nameAll(area) {
    for (const view of area.querySelectorAll("[class*=course-speaks-]")) {
      set(view.closest(".jp-Notebook") ?? view, {lang: view.className.match(LANGUAGE)[1]});
    }
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
        set(readout, {role: "textbox", "aria-label": fill(wordsAt(slider).typed, labelOf(slider))});
      }
    }
    for (const group of area.querySelectorAll(".widget-toggle-buttons")) {
      set(group, {role: "group", "aria-label": labelOf(group)});
      for (const button of group.querySelectorAll("button")) {
        set(button, {"aria-pressed": String(button.classList.contains("mod-active"))});
      }
    }
    for (const player of area.querySelectorAll(".widget-play, .jupyter-widgets-play")) {
      const icons = iconsOf(wordsAt(player));
      for (const button of player.querySelectorAll("button")) {
        const icon = Object.keys(icons).find(icon => button.querySelector(`.${icon}`));
        if (icon) set(button, {"aria-label": fill(icons[icon], labelOf(player.previousElementSibling))});
      }
    }
    for (const canvas of area.querySelectorAll("canvas[tabindex]")) {
      set(canvas, {role: "application", "aria-label": wordsAt(canvas).paper});
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

  // Where a change is to be looked at: the box of widgets or the output around it, or what it was added to.
  function areaOf({target, type}) {
    return target.closest(".widget-box, .jp-OutputArea") ?? (type === "childList" ? target : null);
  }

  new MutationObserver(changes => {
    new Set(changes.map(areaOf)).forEach(area => area && nameAll(area));
  }).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuetext", "class", "contenteditable"],
  });
  nameAll(document.body);

  // The keys that a control answers itself. Notebook 7 takes them for its shortcuts before they arrive, and JupyterLab
  // those of a menu, which moves to another cell then.
  const KEYS = {
    ".noUi-handle": /^(Arrow.*|Page.*|Home|End)$/,
    ".widget-dropdown select": /^(Arrow.*|Page.*|Home|End|Enter|.)$/,
    "canvas[tabindex]": /^(Arrow.*|.)$/,
  };

  window.addEventListener("keydown", event => {
    const control = Object.keys(KEYS).find(selector => event.target.matches?.(selector));
    if (!control) return;
    const modified = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !modified && KEYS[control].test(event.key));
  }, true);

  // ipycanvas keeps every key to itself, so that nobody could leave its square by the Tab key.
  window.addEventListener("keydown", event => {
    if (event.key === "Tab" && event.target.matches?.("canvas[tabindex]")) event.stopImmediatePropagation();
  }, true);
})
