// Filters of the list of images. Without scripts the whole list is there.

(() => {
  const form = document.querySelector('.filters');
  const rows = [...document.querySelectorAll('tr[data-state]')];
  const status = document.getElementById('shown');
  const fields = [...form.querySelectorAll('select[name]')];
  const search = form.querySelector('input[type=search]');

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = fields.every((field) => field.value === '' || row.dataset[field.name] === field.value);
      const text = row.textContent.toLowerCase();
      row.hidden = !(fits && words.every((word) => text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = `${shown} of ${rows.length} versions shown`;
    const chosen = new URLSearchParams();
    for (const field of [...fields, search]) {
      if (field.value !== '') chosen.set(field.name, field.value);
    }
    // The choice stays in the address, so that it can be sent to somebody.
    history.replaceState(null, '', chosen.size > 0 ? `#${chosen}` : location.href.split('#')[0]);
  }

  const given = new URLSearchParams(location.hash.slice(1));
  for (const field of [...fields, search]) {
    if (given.has(field.name)) field.value = given.get(field.name);
  }
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  apply();
})();
