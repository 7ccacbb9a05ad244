// What can be operated, and how it is reached; each gate returns findings as texts, none where all is well.
window.gates = { ...window.gates, ...(() => {
  const { about, colour, ground, isForEars, isInFrame, isShown, over, ratio } = window.look;
  const CONTROLS = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const FIELDS = "input:not([type=checkbox], [type=radio], [type=range]), select, textarea";

  const place = (element) => [...document.querySelectorAll("*")].indexOf(element);

  // What the Tab key has to reach, in the order of the document.
  const controls = () => [...document.querySelectorAll(CONTROLS)].filter((one) =>
    one.tabIndex >= 0 && !one.matches(":disabled") && !one.closest("[inert]") && one.checkVisibility({ visibilityProperty: true }));

  // Where each that is in view is on the page, as [name, left, top, width, height, length of the line around it].
  const places = () => controls().filter((one) => !isForEars(one) && isInFrame(one)).map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const parts = [...one.getClientRects()].reduce((sum, part) => sum + part.width + part.height, 0);
    return [about(one), x + scrollX, y + scrollY, width, height, 2 * Math.min(parts, width + height)];
  });

  // What has the focus: its place in the document, its box on the page, and what is wrong; null if nothing has it.
  function stop() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const findings = [];
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const seen = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
    const limit = (value, end) => Math.min(Math.max(value, 1), end - 1);
    const hits = seen.map((box) => document.elementFromPoint(
      limit(box.x + box.width / 2, innerWidth), limit(box.y + box.height / 2, innerHeight)));
    if (!element.matches(":focus-visible")) findings.push(`${about(element)}: focus not shown`);
    if (!boxes.length || isForEars(element)) findings.push(`${about(element)}: nothing to see`);
    else if (!seen.length) findings.push(`${about(element)}: off-screen`);
    else if (!hits.every((hit) => element.contains(hit))) findings.push(`${about(element)}: covered`);
    const box = element.getBoundingClientRect();
    return { place: place(element), name: about(element), findings,
      left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY };
  }

  // Controls that the stops of a walk with the Tab key do not include; of radio buttons, one is enough.
  function missed(stops) {
    const isLeft = (one) => !stops.includes(place(one)) && !(one.type === "radio" && controls().some(
      (other) => other.type === "radio" && other.name === one.name && stops.includes(place(other))));
    return controls().filter(isLeft).map((one) => `${about(one)}: out of reach`);
  }

  // What opens and closes something, in the order of the document.
  const switches = () => controls().filter((one) => one.matches("summary, button:not([type=submit]), [aria-expanded]") && isShown(one));

  // Give the focus to one of them, and return its name.
  function take(number) {
    const [one] = switches().slice(number);
    one.focus();
    return about(one);
  }

  const hasFocus = (number) => switches()[number] === document.activeElement;

  // All that can be open or closed, and whether it is.
  const opened = () => [...document.querySelectorAll("details, dialog, [popover], [aria-expanded], [aria-pressed]")].map((one) =>
    `${one.open} ${one.popover ? one.matches(":popover-open") : ""} ${one.ariaExpanded} ${one.ariaPressed}`);

  // What looks as if it could be clicked and is no control.
  function pretenders() {
    const isPointed = (one) => one && getComputedStyle(one).cursor === "pointer";
    return [...document.body.querySelectorAll("*")]
      .filter((one) => isPointed(one) && !isPointed(one.parentElement) && isShown(one))
      .filter((one) => !one.closest(CONTROLS) && !controls().includes(one.control))
      .map((one) => `${about(one)}: no control`);
  }

  // How well an element's edge can be told from what is around it: by a border, or by its ground.
  function edge(element) {
    const box = element.getBoundingClientRect();
    const around = ground(document.elementsFromPoint(box.left - 2, box.top + box.height / 2));
    if (!Array.isArray(around)) return 1;
    const style = getComputedStyle(element);
    const hasBorder = style.borderLeftStyle !== "none" && parseFloat(style.borderLeftWidth) > 0;
    const marks = [hasBorder ? colour(style.borderLeftColor) : around, colour(style.backgroundColor)];
    return Math.max(...marks.map((mark) => ratio(over(mark, around), around)));
  }

  // How well a sign that has to do without words can be told from its ground.
  function ink(sign) {
    const box = sign.getBoundingClientRect();
    const below = ground(document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2).filter((one) => !sign.contains(one)));
    const inks = [sign, ...sign.querySelectorAll("*")].flatMap((part) => [getComputedStyle(part).fill, getComputedStyle(part).stroke]);
    return !Array.isArray(below) ? 1 : Math.max(1, ...inks.filter((one) => one !== "none" && !one.startsWith("url"))
      .map((one) => ratio(over(colour(one), below), below)));
  }

  const shapes = () => controls().filter((one) => one.matches(`${FIELDS}, button, .button`) && isShown(one));
  const told = (name, found) => `${name} ${found.toFixed(2)}`;

  // Controls with an edge, by their place in the document.
  const edged = () => shapes().filter((one) => edge(one) >= 3).map(place);

  // Controls whose edge, and signs which, cannot be seen well (WCAG 2.2, 1.4.11). A button may be words alone, and have
  // no edge; a field may not, and neither may those that are to have one.
  function edges(wanted = []) {
    const isPlain = (one) => one.matches("button, a") && edge(one) === 1 && !wanted.includes(place(one));
    const signs = [...document.querySelectorAll("svg")].filter((one) => isShown(one) && one.closest(CONTROLS)?.innerText.trim() === "");
    return [
      ...shapes().filter((one) => edge(one) < 3 && !isPlain(one)).map((one) => told(`${about(one)}: edge`, edge(one))),
      ...signs.filter((one) => ink(one) < 3).map((one) => told(`${about(one.closest(CONTROLS))}: sign`, ink(one))),
    ];
  }

  return { count: () => switches().length, edged, edges, hasFocus, missed, opened, places, pretenders, stop, take };
})() };
