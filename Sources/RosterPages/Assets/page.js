// Copy buttons, instant filtering of the rows shown, and a bar when a newer registry is served.
// Every task works without this file. Text only: no markup is ever built from data.
"use strict";
(() => {
  const { events, digest } = document.currentScript.dataset;
  const live = document.getElementById("live");

  if (navigator.clipboard) for (const box of document.querySelectorAll(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    const title = box.dataset.title;
    if (title) button.setAttribute("aria-label", "Copy: " + title);
    button.onclick = async () => {
      let done = "Copied";
      try { await navigator.clipboard.writeText(box.querySelector("pre").textContent); } catch { done = "Not copied"; }
      button.textContent = done;
      const copied = document.getElementById("copied");
      copied.textContent = done;
      setTimeout(() => { button.textContent = "Copy"; copied.textContent = ""; }, 2000);
    };
    box.append(button);
  }

  const search = document.querySelector("input[type=search]");
  const rows = [...document.querySelectorAll(".list tbody tr")];
  if (search && rows.length) {
    const found = document.getElementById("found");
    const start = search.value;
    // The same fields and the same folding as the server's q: handle, name, slug and model, ASCII case.
    const fold = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const texts = rows.map((row) => [...row.cells].slice(0, 4).map((cell) => fold((cell.querySelector("[data-v]") || cell).textContent)));
    search.oninput = () => {
      const wanted = fold(search.value);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = search.value !== start && !texts[i].some((text) => text.includes(wanted));
        if (!row.hidden) shown += 1;
      });
      found.textContent = search.value === start ? ""
        : "· " + shown + " of the " + rows.length + " rows on this page match. Press Enter to search all providers.";
    };
  }

  // One stream, and only while the page is visible: a browser allows six connections to an HTTP/1.1 server.
  // Its address has the digest of this page, so that a change while the page was hidden is reported too.
  if (events && window.EventSource) {
    let source;
    const compare = (current) => {
      if (!current || current === digest || live.textContent) return;
      const link = document.createElement("a");
      link.href = location.pathname + location.search;
      link.textContent = "Load it";
      live.className = "bar";
      live.append("A newer registry is served. ", link);
    };
    const close = () => { if (source) source.close(); source = null; };
    const follow = () => {
      if (document.hidden) return close();
      if (source) return;
      source = new EventSource(events);
      source.onmessage = (event) => { try { compare(JSON.parse(event.data).digest); } catch { /* not an event of ours */ } };
    };
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", close);
    addEventListener("pageshow", follow);
  }
})();
