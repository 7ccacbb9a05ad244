// What is looked for in a letter that a browser shows; each gate returns findings as texts, none where all is well.
// The window must be as high as the letter, for only what is in it can be hit.
window.gates = (() => {
  const about = (element) => `${element.tagName.toLowerCase()} „${element.textContent.trim().slice(0, 40)}“`;

  // Every piece of text that takes room: its words, its element and the box of each of its lines.
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
      const isShown = node.parentElement.checkVisibility({ visibilityProperty: true });
      if (node.data.trim() && boxes.length && isShown) found.push({ element: node.parentElement, words: node.data.trim(), boxes });
    }
    return found;
  }

  function colour(css) {
    const [red, green, blue, alpha = 1] = css.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  }

  const over = ([r, g, b, a], below) => [r, g, b].map((value, index) => value * a + below[index] * (1 - a)).concat(1);

  function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  // The colour that the page has where nothing is painted; dark where the letter says that it knows dark mode.
  function canvas() {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.backgroundColor = "Canvas";
    const found = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
  }

  // What is really behind a point of an element, from the top down; null where something else covers it.
  function behind(element, x, y) {
    const stack = document.elementsFromPoint(x, y);
    const own = stack.findIndex((one) => element.contains(one));
    if (own !== 0) return null;
    const layers = [];
    for (const one of stack) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none" || one.tagName === "IMG") return "a picture";
      layers.push(colour(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas());
  }

  function opacity(element) {
    let product = 1;
    for (let one = element; one; one = one.parentElement) product *= Number(getComputedStyle(one).opacity);
    return product;
  }

  // The contrast of each text with what is behind it, as [words, ratio or what stands in the way].
  function contrasts() {
    return texts().map(({ element, words, boxes }) => {
      const box = boxes[0];
      const ground = behind(element, box.x + box.width / 2, box.y + box.height / 2);
      if (!Array.isArray(ground)) return [words, ground ?? "covered"];
      const ink = colour(getComputedStyle(element).color);
      ink[3] *= opacity(element);
      return [words, ratio(over(ink, ground), ground)];
    });
  }

  const contrast = () => contrasts().filter(([, found]) => !(found >= 4.5))
    .map(([words, found]) => `„${words.slice(0, 40)}“: ${typeof found === "number" ? found.toFixed(2) : found}`);

  function overflow() {
    const wide = document.documentElement.scrollWidth;
    const findings = wide > innerWidth ? [`document: ${wide} of ${innerWidth}`] : [];
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (!box.width || !box.height) continue;
      if (box.left < -0.5 || box.right > innerWidth + 0.5) findings.push(`${about(element)}: outside`);
      else if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) findings.push(`${about(element)}: too wide`);
    }
    return findings;
  }

  // Links by address: to be seen, hit and reached with the keyboard.
  function links(expected) {
    const findings = [];
    const there = [...document.links];
    for (const href of expected) {
      if (!there.some((link) => link.getAttribute("href") === href)) findings.push(`${href}: missing`);
    }
    for (const link of there) {
      const box = [...link.getClientRects()].find((one) => one.width > 1 && one.height > 1);
      const name = link.innerText.trim();
      const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      link.focus();
      if (!box || !name) findings.push(`${link.getAttribute("href")}: nothing to see`);
      else if (!link.contains(hit)) findings.push(`${about(link)}: covered`);
      else if (link.tabIndex < 0 || document.activeElement !== link) findings.push(`${about(link)}: out of reach`);
    }
    return findings;
  }

  // Texts that a box cuts off or that lie on one another.
  function lost() {
    const findings = [];
    const lines = texts().flatMap(({ element, words, boxes }) => boxes.map((box) => ({ element, words, box })));
    for (const { element, words, box } of lines) {
      for (let one = element; one !== document.body; one = one.parentElement) {
        const style = getComputedStyle(one);
        const edge = one.getBoundingClientRect();
        const isCut = box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < edge.left - 1;
        if (style.display !== "inline" && style.overflow !== "visible" && isCut) findings.push(`„${words.slice(0, 40)}“: cut off`);
      }
    }
    lines.forEach((one, index) => {
      for (const other of lines.slice(index + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 2 && high > Math.min(one.box.height, other.box.height) / 4) {
          findings.push(`„${one.words.slice(0, 30)}“ on „${other.words.slice(0, 30)}“`);
        }
      }
    });
    return findings;
  }

  // Short words that are torn over two lines: „20“ and „26“ tell no year.
  function torn() {
    const findings = [];
    for (const { element } of texts()) {
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        for (const word of node.data.matchAll(/[\p{L}\p{N}]{2,4}/gu)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const isAlone = !/[\p{L}\p{N}]/u.test((node.data[word.index - 1] ?? " ") + (node.data[word.index + word[0].length] ?? " "));
          if (isAlone && range.getClientRects().length > 1) findings.push(`${about(element)}: „${word[0]}“ torn`);
        }
      }
    }
    return findings;
  }

  // Text at twice its size (WCAG 2.2, 1.4.4).
  function enlarge() {
    const sizes = [...document.body.querySelectorAll("*")].map((one) => [one, parseFloat(getComputedStyle(one).fontSize)]);
    for (const [one, size] of sizes) one.style.setProperty("font-size", `${2 * size}px`, "important");
  }

  // Text with the spacing that readers may ask for (WCAG 2.2, 1.4.12).
  function space() {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
      p { margin-bottom: 2em !important }`;
  }

  const boxes = () => texts().map(({ words, boxes: [{ x, y, width, height }] }) => [words, x, y, width, height]);
  const words = () => texts().map((text) => text.words);
  return { boxes, contrast, contrasts, enlarge, links, lost, overflow, space, torn, words };
})();
