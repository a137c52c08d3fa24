// One image: copy buttons, search in its packages, and the check of its part of the audit log.

(() => {
  for (const button of document.querySelectorAll('.copy button')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const block = button.closest('.copy').querySelector('pre');
      try {
        await navigator.clipboard.writeText(block.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(block);
        button.textContent = 'Selected';
      }
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
  }

  // The newest version is at the end.
  const chart = document.querySelector('.chart')?.parentElement;
  if (chart) chart.scrollLeft = chart.scrollWidth;

  const search = document.getElementById('package-search');
  if (search) {
    const rows = [...document.querySelectorAll('#packages tbody tr')];
    const status = document.getElementById('package-count');
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
        shown += row.hidden ? 0 : 1;
      }
      status.textContent = `${shown} of ${rows.length} packages`;
    };
    search.parentElement.hidden = false;
    search.addEventListener('input', apply);
    apply();
  }

  // The audit log: RFC 6962 Merkle tree, C2SP signed note.
  const proof = JSON.parse(document.getElementById('proof').textContent);
  const keyField = document.getElementById('log-key');
  const result = document.getElementById('proof-result');
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const utf8 = (text) => new TextEncoder().encode(text);
  const same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
  const node = (left, right) => sha256([1], left, right);

  /** The root that a path leads to (RFC 9162 section 2.1.3.2); undefined when the path does not fit. */
  async function rootOf(leaf, index, size, path) {
    let place = index;
    let last = size - 1;
    let hash = leaf;
    for (const sibling of path) {
      if (last === 0) return undefined;
      if (place % 2 === 1 || place === last) {
        hash = await node(sibling, hash);
        while (place % 2 === 0 && place !== 0) {
          place /= 2;
          last = Math.floor(last / 2);
        }
      } else {
        hash = await node(hash, sibling);
      }
      place = Math.floor(place / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 ? hash : undefined;
  }

  async function openCheckpoint(note, vkey) {
    const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim()) ?? [];
    const raw = key && bytesOf(key);
    if (raw?.length !== 33 || raw[0] !== 1) throw new Error('this is not the key of a log: name+id+key');
    const split = note.lastIndexOf('\n\n');
    const text = note.slice(0, split + 1);
    const line = note
      .slice(split + 2)
      .split('\n')
      .find((candidate) => candidate.startsWith(`\u2014 ${name} `));
    const signature = line && bytesOf(line.split(' ')[2]);
    const expectedId = (await sha256(utf8(`${name}\n`), raw)).slice(0, 4);
    const hex = [...expectedId].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (!signature || hex !== id || !same(signature.slice(0, 4), expectedId)) {
      throw new Error('the checkpoint is not signed by this key');
    }
    const publicKey = await crypto.subtle.importKey('raw', raw.slice(1), { name: 'Ed25519' }, false, [
      'verify',
    ]);
    if (!(await crypto.subtle.verify({ name: 'Ed25519' }, publicKey, signature.slice(4), utf8(text)))) {
      throw new Error('the signature of the checkpoint does not hold');
    }
    const [origin, size, root] = text.split('\n');
    if (origin !== name) throw new Error('the checkpoint is of another log');
    return { size: Number(size), root: bytesOf(root) };
  }

  function show(kind, text) {
    result.className = `banner ${kind}`;
    result.textContent = text;
  }

  async function check() {
    for (const badge of document.querySelectorAll('[data-entry]')) {
      badge.textContent = 'not checked';
      badge.className = 'badge';
    }
    if (!globalThis.crypto?.subtle) {
      show('warn', 'Not checked: this browser checks signatures only on pages from disk or over https.');
      return;
    }
    try {
      const checkpoint = await openCheckpoint(proof.checkpoint, keyField.value);
      let proven = 0;
      for (const entry of proof.entries) {
        const leaf = await sha256([0], utf8(entry.text));
        const root = await rootOf(leaf, entry.index, checkpoint.size, entry.path.map(bytesOf));
        const holds = root !== undefined && same(root, checkpoint.root);
        const badge = document.querySelector(`[data-entry="${entry.index}"]`);
        badge.textContent = holds ? 'proven' : 'not in the log';
        badge.className = `badge ${holds ? 'pass' : 'fail'}`;
        proven += holds ? 1 : 0;
      }
      const all = proven === proof.entries.length;
      show(
        all ? 'pass' : 'fail',
        all
          ? `Checked in this browser: all ${proven} entries are in the log of ${checkpoint.size} entries that the key below signed.`
          : `${proof.entries.length - proven} of ${proof.entries.length} entries are not in the log: do not trust this page.`,
      );
    } catch (error) {
      const unsupported = error.name === 'NotSupportedError';
      show(
        unsupported ? 'warn' : 'fail',
        unsupported ? 'Not checked: this browser does not know Ed25519.' : `Not proven: ${error.message}.`,
      );
    }
  }

  document.getElementById('proof-check').addEventListener('click', check);
  document.getElementById('proof-form').hidden = false;
  check();
})();
