// What is wrong with the page as it is laid out now: it scrolls sideways, text lies outside it or is cut
// off, an ordinary word is broken, or something to press lies where nobody reaches it.
() => {
  const wide = document.documentElement.clientWidth, found = new Map(), kept = new Map();
  const of = (element) => {
    if (!element || element === document.body) return { hidden: false, scrolls: false, clips: null };
    if (!kept.has(element)) {
      const { hidden, scrolls, clips } = of(element.parentElement), style = getComputedStyle(element);
      kept.set(element, {
        hidden: hidden || style.clipPath !== "none" || !element.checkVisibility(),
        scrolls: scrolls || /auto|scroll/.test(style.overflowX),
        clips: clips || (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1 ? element : null),
      });
    }
    return kept.get(element);
  };
  const name = (element) => [element.parentElement, element].map((one) => [one.localName, ...one.classList].join(".")).join(" > ");
  const tell = (what, element, detail) => found.set(`${what} ${name(element)}`, detail);
  const isOut = (box) => box.width > 0 && (box.right > wide + 1 || box.left < -1);

  for (const one of document.querySelectorAll("details:not([data-closes])")) one.open = true;
  if (document.documentElement.scrollWidth > wide) found.set("the page scrolls", document.documentElement.scrollWidth);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; (node = walker.nextNode()); ) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, textarea, option, .skip, .menu > summary")) continue;
    const { hidden, scrolls, clips } = of(element);
    if (hidden) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()];
    if (!scrolls && boxes.some(isOut)) tell("outside:", element, node.data.trim().slice(0, 40));
    if (clips && !scrolls) tell("cut off:", clips, node.data.trim().slice(0, 40));
    if (boxes.length < 2) continue;
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      if (word.length > 15 || /[-–—/@.]\w|…/.test(word)) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const parts = [...range.getClientRects()].filter((box) => box.width > 0.5);
      if (parts.length > 1 && parts.at(-1).top > parts[0].top + 4) tell("a broken word:", element, word);
    }
  }
  for (const element of document.querySelectorAll("button, input:not([type=hidden]), select, textarea, .button")) {
    const { hidden, scrolls } = of(element);
    if (!hidden && !scrolls && isOut(element.getBoundingClientRect())) tell("out of reach:", element, "");
  }
  return [...found].map((one) => one.join(" "));
}
