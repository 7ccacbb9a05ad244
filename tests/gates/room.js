// Whether everything finds its room; each gate returns findings as texts, none where all is well.
window.gates = { ...window.gates, ...(() => {
  const { about, isForEars, isScroller, scroller, texts } = window.look;

  function overflow() {
    const wide = document.documentElement.scrollWidth;
    const findings = wide > innerWidth ? [`document: ${wide} of ${innerWidth}`] : [];
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (!box.width || !box.height || scroller(element) || isForEars(element)) continue;
      if (box.left < -0.5 || box.right > innerWidth + 0.5) findings.push(`${about(element)}: outside`);
      else if (element.clientWidth && element.scrollWidth > element.clientWidth + 1 && !isScroller(element)) findings.push(`${about(element)}: too wide`);
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
        if (isScroller(one)) break;
        const edge = one.getBoundingClientRect();
        const isCut = box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < edge.left - 1;
        if (style.display !== "inline" && style.overflow !== "visible" && isCut) findings.push(`„${words.slice(0, 40)}“: cut off`);
      }
    }
    const shown = lines.filter(({ element }) => !scroller(element));
    shown.forEach((one, index) => {
      for (const other of shown.slice(index + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 2 && high > Math.min(one.box.height, other.box.height) / 4) {
          findings.push(`„${one.words.slice(0, 30)}“ on „${other.words.slice(0, 30)}“`);
        }
      }
    });
    return findings;
  }

  // Short words that are torn over two lines: „20“ and „26“ tell no year. What is within an address or a long number may be.
  function torn() {
    const findings = [];
    for (const { element } of texts()) {
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        for (const word of node.data.matchAll(/(?<![^\s„“"(])[\p{L}\p{N}]{2,4}(?![^\s„“".,:;!?)])/gu)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          if (range.getClientRects().length > 1) findings.push(`${about(element)}: „${word[0]}“ torn`);
        }
      }
    }
    return findings;
  }

  // Text at twice its size, even where it is given in pixels (WCAG 2.2, 1.4.4).
  function enlarge() {
    const sizes = [...document.body.querySelectorAll("*")].map((one) => [one, parseFloat(getComputedStyle(one).fontSize)]);
    for (const [one, size] of sizes) one.style.setProperty("font-size", `${2 * size}px`, "important");
  }

  // Text with the spacing that readers may ask for (WCAG 2.2, 1.4.12).
  function space() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
      p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets.push(sheet);
  }

  const boxes = () => texts().map(({ words, boxes: [{ x, y, width, height }] }) => [words, x, y, width, height]);
  const words = (where = "body", without = "script") => texts().filter(({ element }) => element.closest(where) && !element.closest(without))
    .map((text) => text.words);
  const sizes = (where) => texts().filter(({ element }) => element.closest(where))
    .map(({ element }) => parseFloat(getComputedStyle(element).fontSize));
  return { boxes, enlarge, lost, overflow, sizes, space, torn, words };
})() };
