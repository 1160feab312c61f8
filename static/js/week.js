/* The week of the questionnaire. Arrow keys go from one tick of the table to the next; without this file Tab does. */
document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const cell = step && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.closest("[data-week] td");
  if (!cell) return;
  event.preventDefault();
  const row = cell.parentElement.parentElement.rows[cell.parentElement.sectionRowIndex + step[0]];
  row?.cells[cell.cellIndex + step[1]]?.querySelector("input")?.focus();
});

/* While nobody has said in which zone these times are, it is that of the browser. */
(() => {
  const select = document.querySelector("[data-guess-week-zone] select[name='zone']");
  const zone = select && Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone?.includes("/")) return;
  if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone.split("/").pop().replaceAll("_", " "), zone));
  select.value = zone;
})();
