// What is looked for in pages besides; each gate returns findings as texts, none where all is well.
window.gates = { ...window.gates, ...(() => {
  const { about, colour, contrasts, isShown } = window.look;
  const BODY = "main :is(p, li, dd, td, blockquote)";

  // Texts with too little contrast: 7:1 is asked of running text, 4.5:1 of links, labels in bold and all else.
  function weak(where = "body") {
    return contrasts(where).flatMap(([{ element, words }, found]) => {
      const isBody = element.closest(BODY) && !element.closest("a, button, summary") && getComputedStyle(element).fontWeight < 600;
      const least = isBody ? 7 : 4.5;
      return found >= least ? [] : [`„${words.slice(0, 40)}“: ${typeof found === "number" ? found.toFixed(2) : found}`];
    });
  }

  // Links within text that are told by their colour alone.
  function underlines() {
    return [...document.links].filter((link) => {
      const block = link.closest("h1, h2, h3, h4, h5, h6, p, li, dd, dt, td, th, figcaption, blockquote, address");
      const others = block ? block.textContent.replaceAll(/[\s,;:·|–]+/g, "").length - [...block.querySelectorAll("a")].reduce(
        (sum, one) => sum + one.textContent.replaceAll(/[\s,;:·|–]+/g, "").length, 0) : 0;
      const style = getComputedStyle(link);
      const isMarked = style.textDecorationLine.includes("underline") && colour(style.textDecorationColor)[3] > 0;
      const isBoxed = parseFloat(style.borderBottomWidth) > 0 && style.borderBottomStyle !== "none";
      return isShown(link) && others > 0 && !isMarked && !isBoxed;
    }).map((link) => `${about(link)}: not underlined`);
  }

  // Where one is: what is marked as current must look different from its neighbours, by more than colour.
  function current() {
    const look = (element) => {
      const style = getComputedStyle(element);
      const sides = ["Top", "Right", "Bottom", "Left"].map((side) => `${style[`border${side}Style`]} ${style[`border${side}Width`]}`);
      return JSON.stringify([style.fontWeight, style.textDecorationLine, style.textDecorationThickness, style.outlineStyle, ...sides]);
    };
    return [...document.querySelectorAll("[aria-current]")].filter((one) => {
      const list = one.closest("nav") ?? document.body;
      const others = [...list.querySelectorAll("a:not([aria-current])")].filter(isShown);
      return one.matches("a") && isShown(one) && others.some((other) => look(other) === look(one));
    }).map((one) => `${about(one)}: not marked`);
  }

  // What moves, or would.
  function motion() {
    const seconds = (list) => Math.max(...list.split(",").map((one) => parseFloat(one)));
    const findings = document.getAnimations().map((one) => `${about(one.effect.target)}: moves`);
    for (const element of document.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (seconds(style.transitionDuration) > 0) findings.push(`${about(element)}: transition`);
        if (style.animationName !== "none" && seconds(style.animationDuration) > 0) findings.push(`${about(element)}: animation`);
      }
      if (getComputedStyle(element).scrollBehavior === "smooth") findings.push(`${about(element)}: scrolls smoothly`);
    }
    const rules = (list) => [...list].flatMap((rule) => (rule instanceof CSSMediaRule
      ? matchMedia(rule.conditionText).matches ? rules(rule.cssRules) : [] : [rule]));
    for (const rule of [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))) {
      if (window.CSSViewTransitionRule && rule instanceof CSSViewTransitionRule) findings.push("pages change with a transition");
    }
    return findings;
  }

  // All that a key could change.
  const state = () => [location.href, document.activeElement.outerHTML, scrollX, scrollY, document.documentElement.outerHTML,
    [...document.querySelectorAll("[popover]")].map((one) => one.matches(":popover-open")),
    [...document.querySelectorAll("input, select, textarea")].map((one) => [one.value, one.checked])].map(String).join("\n");

  return { current, motion, state, underlines, weak };
})() };
