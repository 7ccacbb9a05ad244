// What is looked for in letters besides; each gate returns findings as texts, none where all is well.
window.gates = { ...window.gates, ...(() => {
  const { about } = window.look;

  const contrasts = () => window.look.contrasts().map(([text, found]) => [text.words, found]);
  const contrast = () => contrasts().filter(([, found]) => !(found >= 4.5))
    .map(([words, found]) => `„${words.slice(0, 40)}“: ${typeof found === "number" ? found.toFixed(2) : found}`);

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

  return { contrast, contrasts, links };
})() };
