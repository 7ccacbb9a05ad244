// How a page looks where a browser shows it: its texts, its colours, and their contrast as WCAG 2.2 computes it.
// The window must be as high as the page, for only what is in it can be hit.
window.look = (() => {
  const about = (element) => `${element.tagName.toLowerCase()} „${element.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}“`;

  // What is for screen readers alone: a box of a pixel, cut off or cut out.
  function isForEars(element) {
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.clipPath === "inset(50%)") return true;
      if (style.overflow !== "visible" && (one.offsetWidth <= 1 || one.offsetHeight <= 1)) return true;
    }
    return false;
  }

  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !isForEars(element);

  // Every piece of text that takes room on the page: its words, its element and the box of each of its lines.
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1 && box.bottom > -scrollY);
      if (boxes.length && isShown(node.parentElement)) found.push({ element: node.parentElement, words: node.data.trim(), range, boxes });
    }
    return found;
  }

  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // Red, green, blue from 0 to 255, and alpha from 0 to 1; colours of newer forms are painted to be known.
  function colour(css) {
    if (css.startsWith("rgb")) {
      const [red, green, blue, alpha = 1] = css.match(/[\d.]+/g).map(Number);
      return [red, green, blue, alpha];
    }
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = css;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
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

  // The colour that the page has where nothing is painted; dark where the page says that it knows dark mode.
  function canvas() {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.backgroundColor = "Canvas";
    const found = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
  }

  const isPicture = (element, style) => style.backgroundImage !== "none" || ["IMG", "VIDEO", "CANVAS"].includes(element.tagName);
  const isClear = (element) => {
    const style = getComputedStyle(element);
    return !isPicture(element, style) && colour(style.backgroundColor)[3] === 0;
  };

  // What is really behind a point of an element, from the top down; null where something else covers it.
  function behind(element, x, y) {
    const stack = document.elementsFromPoint(x, y);
    const own = stack.findIndex((one) => element.contains(one));
    if (own < 0 || !stack.slice(0, own).every(isClear)) return null;
    return ground(stack.slice(own));
  }

  function ground(stack) {
    const layers = [];
    for (const one of stack) {
      const style = getComputedStyle(one);
      if (isPicture(one, style)) return "a picture";
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

  // What is scrolled sideways by itself, such as a wide table, and fits as a whole.
  const isScroller = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);

  function scroller(element) {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) if (isScroller(one)) return one;
    return null;
  }

  // Whether the middle of an element is in view in what it is scrolled by.
  function isInFrame(element) {
    const frame = scroller(element)?.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const middle = box.x + box.width / 2;
    return !frame || (frame.left < middle && middle < frame.right);
  }

  // The box of a text's first line, scrolled to if it has to be.
  function inView({ element, range }) {
    const first = () => [...range.getClientRects()].find((box) => box.width > 1 && box.height > 1);
    const frame = scroller(element);
    if (frame) {
      const [box, edge] = [first(), frame.getBoundingClientRect()];
      frame.scrollLeft += box.x + box.width / 2 - (edge.x + edge.width / 2);
    }
    return first();
  }

  // The contrast of each text with what is behind it, as [text, ratio or what stands in the way].
  function contrasts(where = "body") {
    return texts().filter(({ element }) => element.closest(where)).map((text) => {
      const box = inView(text);
      const below = behind(text.element, box.x + box.width / 2, box.y + box.height / 2);
      if (!Array.isArray(below)) return [text, below ?? "covered"];
      const ink = colour(getComputedStyle(text.element).color);
      ink[3] *= opacity(text.element);
      return [text, ratio(over(ink, below), below)];
    });
  }

  return { about, colour, contrasts, ground, isForEars, isInFrame, isScroller, isShown, over, ratio, scroller, texts };
})();
