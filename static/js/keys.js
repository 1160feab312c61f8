/* Keys for what stands on the page: whatever carries data-key="v" is pressed, or a field entered, by that key alone.
   They rest while someone types, with a modifier held, and when the box [data-keys] is unticked; the browser keeps that. */
(() => {
  "use strict";
  const KEPT = "keys-off";
  const root = document.documentElement;
  const off = () => root.classList.contains(KEPT);
  const keep = (value) => { try { value === undefined || localStorage.setItem(KEPT, value); return localStorage.getItem(KEPT); } catch { return value; } };
  const show = () => document.querySelectorAll("[data-keys]").forEach((box) => { box.checked = !off(); });

  root.classList.toggle(KEPT, keep() === "yes");
  show();
  document.addEventListener("htmx:after:swap", show);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys]")) return;
    root.classList.toggle(KEPT, !event.target.checked);
    keep(event.target.checked ? "no" : "yes");
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]");
    if (typing && event.key === "Escape") typing.blur();
    if (typing || off() || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = /^[a-z]$/i.test(event.key) && document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!meant) return;
    event.preventDefault();
    if (meant.matches("input, textarea, select")) meant.focus();
    else meant.click();
  });
})();
