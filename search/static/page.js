// What makes the pages handier; everything can be read, copied and sorted elsewhere without it.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.textContent = "Copied";
  }
});

// Words as they are typed into the search box.
const box = document.querySelector("form[role=search] input[list]");
if (box) {
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (box.value.length < 2) return;
      const answer = await fetch("/suggest.json?q=" + encodeURIComponent(box.value.slice(0, 80)));
      if (!answer.ok) return;
      const list = document.getElementById(box.getAttribute("list"));
      list.replaceChildren(...(await answer.json()).map((words) => new Option(words, words)));
    }, 180);
  });
}

// Tables sorted by a click on a column's head, where no cell spans rows.
const value = (row, n) => row.cells[n]?.dataset.number ?? row.cells[n]?.textContent.trim() ?? "";
const compare = (a, b) => (a !== "" && b !== "" && !isNaN(a) && !isNaN(b)) ? a - b : a.localeCompare(b);
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const head = table.tHead?.rows[table.tHead.rows.length - 1];
  if (!head || table.tBodies[0].querySelector("[rowspan], [colspan]")) continue;
  [...head.cells].forEach((cell, n) => {
    const button = document.createElement("button");
    button.className = "sort";
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const up = cell.getAttribute("aria-sort") !== "ascending";
      for (const other of head.cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows].sort((a, b) => compare(value(a, n), value(b, n)) * (up ? 1 : -1));
      table.tBodies[0].append(...rows);
    });
  });
}

// Addresses without the fields that say nothing.
for (const form of document.querySelectorAll("form[method=get]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.value === "" || field.value === "best") field.disabled = true;
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
}
