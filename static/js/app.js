/* Second Chair: the small behaviours. All delegated from the document, so they hold for whatever htmx brings in.
   Every page works without this file; it is loaded in <head>, before the first paint, and touches nothing but what it names. */
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  root.classList.add("js"); // hides .no-js, shows .needs-js

  /* Said in #alerts: the words are the page's own <template>s. */
  function say(id) {
    const [alerts, words] = [find("#alerts"), document.getElementById(id)];
    if (!alerts || !words) return;
    alerts.replaceChildren(words.content.cloneNode(true));
    alerts.scrollIntoView({ block: "nearest" });
  }
  const answered = (event) => event.detail.ctx?.response?.status;

  document.addEventListener("htmx:before:request", () => find("#alerts")?.replaceChildren());
  document.addEventListener("htmx:response:error", (event) => { if (answered(event) >= 500) say("words-broken"); });
  document.addEventListener("htmx:error", (event) => { if (event.detail.ctx) say("words-offline"); });

  /* A refused form: to its summary, or to the first field at fault. */
  document.addEventListener("htmx:after:swap", (event) => {
    if (!(answered(event) >= 400) || event.detail.ctx.sourceElement?.matches("[data-autosave]")) return;
    for (const place of [event.target, document]) {
      const fault = find(".errors", place) ?? find("[aria-invalid='true']", place);
      if (fault) return fault.focus();
    }
  });

  /* A press waits for a keeping under way: sent beside it, what it says would be taken for another window's. */
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("[data-autosave].htmx-request")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitter?.setAttribute("aria-busy", "true");
    const press = () => { if (!submitter || submitter.form === form) form.requestSubmit(submitter); };
    form.addEventListener("htmx:finally:request", () => setTimeout(press), { once: true });
  }, true);

  /* Waiting: the pressed button says so, and a form under way is not sent twice. */
  const busy = new Set();
  const rest = (form) => {
    busy.delete(form);
    document.querySelectorAll("[aria-busy='true']").forEach((button) => { if (!button.form || !busy.has(button.form)) button.removeAttribute("aria-busy"); });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (busy.has(form)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    busy.add(form);
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(rest, 10000, form);
  }, true);
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (!form?.matches("[data-autosave]")) rest(form); // what such a form waits for is the next page
  });
  window.addEventListener("pageshow", () => { busy.clear(); rest(); });

  /* A sheet of filters shuts when its own button was pressed; ticking a box leaves it open. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.submitter && form.matches("[popover]:popover-open")) form.hidePopover();
  });

  /* Where a page asks for the reader's zone and knows none yet, the browser answers; what was chosen before htmx listened is sent. */
  const isNew = (select) => select && !select.selectedOptions[0]?.defaultSelected;
  function offerZone(within) {
    const form = find("form[data-guess-zone]", within) ?? find("form.zone-form", within);
    const select = form && find("select[name='tz']", form);
    if (!form?.dataset.htmxPowered && !select?.dataset.htmxPowered) return;
    const send = () => select.dispatchEvent(new Event("change", { bubbles: true }));
    if (isNew(select)) return send();
    const zone = form.matches("[data-guess-zone]") && Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || !zone.includes("/") || zone === select.value || new URLSearchParams(location.search).has("tz")) return;
    form.removeAttribute("data-guess-zone");
    if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone.split("/").pop().replaceAll("_", " "), zone));
    select.value = zone;
    send();
  }
  window.addEventListener("load", () => setTimeout(offerZone, 0, document)); // after htmx, or the whole page would go there

  /* So do filters that were chosen before htmx listened. What Back or a reload fills in was chosen for another page. */
  const isTouched = (field) => field.options ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
    : field.checked !== field.defaultChecked || (field.type !== "checkbox" && field.type !== "radio" && field.value !== field.defaultValue);
  window.addEventListener("load", () => setTimeout(() => {
    const form = find("#filters");
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return form?.reset();
    if (form?.dataset.htmxPowered && [...form.elements].some((field) => field.name && isTouched(field))) form.dispatchEvent(new Event("change", { bubbles: true }));
  }));

  /* When Back shows the page as it was left, Safari empties a field with autocomplete="off" a moment later: its words are in the address. */
  window.addEventListener("pageshow", (event) => setTimeout(() => {
    const q = event.persisted && find("#q");
    if (q) q.value = new URLSearchParams(location.search).get("q") ?? "";
  }));

  /* A zone that was chosen and is not answered yet goes along with whatever the search asks for next. */
  document.addEventListener("htmx:config:request", (event) => {
    const { request, target } = event.detail.ctx;
    const select = target?.id === "results" && find("#zone select");
    if (isNew(select)) request.body.set("tz", select.value);
  });

  /* A form that keeps itself sends what stands in it at the moment of sending, not of waiting; and each time anew. */
  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement: form, request } = event.detail.ctx ?? {};
    if (!form?.matches("form[data-autosave]")) return;
    if (busy.has(form)) return event.preventDefault(); // it was pressed, and all that stands in it is under way
    request.body = new URLSearchParams(new FormData(form));
    request.body.delete("idempotency_key");
  });

  /* What stands in such a form and is not kept yet is not lost without a word: by another button, a link, a closed tab. */
  const unkept = new Set();
  document.addEventListener("input", ({ target }) => { if (target.name && target.form?.matches("[data-autosave]")) unkept.add(target.form); });
  document.addEventListener("submit", (event) => unkept.delete(event.target));
  document.addEventListener("htmx:after:swap", (event) => { if (answered(event) < 400 && !find("[data-unkept]")) unkept.delete(event.detail.ctx.sourceElement); });
  window.addEventListener("beforeunload", (event) => { if ([...unkept].some((form) => form.isConnected)) event.preventDefault(); });

  /* Type to narrow a list of ticks; what is ticked stays in sight, and the fold's line names it. */
  document.addEventListener("input", (event) => {
    const narrows = event.target.dataset.narrows;
    if (!narrows) return;
    event.stopImmediatePropagation();
    const words = event.target.value.trim().toLowerCase();
    for (const label of document.getElementById(narrows).children) {
      label.hidden = !find("input", label).checked && !label.textContent.toLowerCase().includes(words);
    }
  }, true);
  document.addEventListener("keydown", (event) => { // Enter ticks the first that is left, rather than sending the form
    if (event.key !== "Enter" || !event.target.dataset?.narrows) return;
    event.preventDefault();
    const left = [...document.getElementById(event.target.dataset.narrows).children].filter((label) => !label.hidden);
    left.find((label) => !find("input", label).checked)?.click();
    event.target.select();
  });
  document.addEventListener("change", (event) => {
    const picked = find("[data-picked]", event.target.closest("details") ?? document.createElement("i"));
    if (!picked || event.target.type !== "checkbox") return;
    const chosen = [...event.target.closest("fieldset").querySelectorAll("input:checked")];
    picked.textContent = chosen.map((box) => box.parentElement.textContent.trim()).join(", ") || "none chosen";
  });

  /* What was refused of the words of a search is taken back as they become others, also where an answer to the old ones comes later. */
  function takeBack(q) {
    q.removeAttribute("aria-invalid");
    find("#q-error")?.remove();
  }
  document.addEventListener("input", ({ target }) => { if (target.id === "q") takeBack(target); });
  document.addEventListener("htmx:after:swap", () => {
    const q = find("#q[aria-invalid]");
    if (q && q.value.trim() !== q.defaultValue.trim()) takeBack(q);
  });

  /* The counts beside the words of a search come with its results: in the order of the boxes, without the boxes. */
  document.addEventListener("htmx:after:swap", () => {
    const counts = find("#results[data-counts]")?.dataset.counts.split(" ") ?? [];
    document.querySelectorAll("#kinds label[data-count]").forEach((label, at) => {
      if (label.dataset.count === counts[at] || !counts[at]) return;
      label.dataset.count = find(".num", label).textContent = counts[at];
      const box = find("input", label);
      box.disabled = counts[at] === "0" && !box.checked;
    });
  });

  /* "Show more" that showed the last of them is gone: the first of those it brought takes the focus. */
  let before = 0;
  const entries = () => document.querySelectorAll("#entries > article");
  document.addEventListener("htmx:before:swap", () => { before = entries().length; });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target.id === "more" && document.activeElement === document.body) find("a", entries()[before] ?? document.body)?.focus({ preventScroll: true });
  });

  /* How many openings are ticked to be seen side by side, on the button that leads there. */
  function countTicks() {
    const form = find("#compare");
    const ticked = document.querySelectorAll("[form='compare']:checked").length;
    if (form) find("button", form).textContent = ticked > form.dataset.most ? form.dataset.beyond : ticked ? `Compare ${ticked}` : "Compare";
  }
  document.addEventListener("change", (event) => { if (event.target.matches("[form='compare']")) countTicks(); });
  for (const moment of ["htmx:after:swap", "pageshow"]) window.addEventListener(moment, countTicks);

  /* An address to pass on: by the clipboard, or where a page is not served over https by what is selected. */
  function copied(field) {
    field.select();
    const bySelection = () => document.execCommand("copy");
    return navigator.clipboard ? navigator.clipboard.writeText(field.value).catch(bySelection) : Promise.resolve(bySelection());
  }

  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) copied(document.getElementById(copy.dataset.copy)).then(() => { find("[role='status']", copy.parentElement).textContent = "Copied."; });
  });
})();
