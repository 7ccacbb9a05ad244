// Loads the page anew as soon as something was saved; a page that nobody looks at waits until somebody does.
{
  const seen = document.currentScript.dataset.number;

  const visible = () =>
    new Promise((resolve) => {
      const look = () => {
        if (document.visibilityState === "visible") {
          document.removeEventListener("visibilitychange", look);
          resolve();
        }
      };
      document.addEventListener("visibilitychange", look);
      look();
    });

  const follow = async () => {
    for (;;) {
      await visible();
      try {
        const answer = await fetch(`/_vorschau/stand?nach=${seen}`);
        if (!answer.ok) throw new Error(answer.statusText);
        if ((await answer.text()) !== seen) break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    location.reload();
  };

  follow();
}
