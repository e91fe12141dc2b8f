// The page's own motion. While the tool works its fades and slides take no time; their events still come, because many
// pages wait for them. In the person's hands the page moves as it always does.
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, *::before, *::after {
    transition-duration: 0.01ms !important; transition-delay: 0s !important;
    animation-duration: 0.01ms !important; animation-delay: 0s !important; animation-iteration-count: 1 !important;
  }`);

  const hasten = (now) => {
    const others = [...document.adoptedStyleSheets].filter((one) => one !== sheet);
    document.adoptedStyleSheets = now ? [...others, sheet] : others;
  };

  return { hasten };
};
