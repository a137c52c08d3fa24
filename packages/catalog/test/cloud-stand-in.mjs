#!/usr/bin/env node
/**
 * Stands for the programs of clouds, by the name that it is started as. The folder it runs in is the cloud: the file
 * `image` says that the image is there, `status` and `disabled` what was said of it; `changes` lists what was changed in
 * turn. With a file `down` the cloud answers nothing. What no rule knows ends the script.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const program = path.basename(process.argv[1]);
const args = process.argv.slice(2);
const text = args.join(' ');

const note = (change) => appendFileSync('changes', `${change}\n`);
const say = (answer) => console.log(answer);
const isThere = () => existsSync('image');
const create = (answer) => {
  note('create');
  writeFileSync('image', '');
  say(answer);
};
const remove = () => {
  note('delete');
  rmSync('image');
};
const part = (pattern) => pattern.exec(text)?.[1] ?? '';

/** What was posted to an image of IBM's: its status follows. */
function retireIbm() {
  const what = part(/\/(deprecate|obsolete)\?/);
  note(what);
  writeFileSync('status', what === 'deprecate' ? 'deprecated' : what);
}

function findIbm() {
  const status = existsSync('status') ? readFileSync('status', 'utf8') : 'available';
  say(JSON.stringify({ images: isThere() ? [{ id: 'r1', status }] : [] }));
}

/** The few filters that the scripts use. */
function jq() {
  if (text.includes('--arg href')) {
    say('{}');
    return;
  }
  const value = JSON.parse(readFileSync(0, 'utf8'));
  const from = text.includes('.images[0]') ? value.images[0] : value;
  say(from?.[text.includes('status') ? 'status' : 'id'] ?? '');
}

const RULES = {
  gcloud: [
    [/images list/, () => isThere() && say('found')],
    [/images create/, () => create('')],
    [/images deprecate/, () => note(part(/(--state=\w+)/))],
  ],
  aws: [
    [/describe-images.*\.State/, () => say(existsSync('disabled') ? 'disabled' : 'available')],
    [/describe-images/, () => say(isThere() ? 'ami-1' : 'None')],
    [/import-snapshot|wait snapshot|describe-import/, () => say('snap-1')],
    [/deregister-image/, remove],
    [/register-image/, () => create('ami-1')],
    [/create-tags/, () => note(`tags ${part(/state,Value=(\w+)/)}`)],
    [/(enable|disable)-image-deprecation/, () => note(args[1])],
    [
      /disable-image/,
      () => {
        note('disable');
        writeFileSync('disabled', '');
      },
    ],
  ],
  az: [
    [/image-version list/, () => isThere() && say('found')],
    [/image-version create/, () => create('')],
    [/image-version delete/, remove],
    [/image-version update/, () => note(part(/(excludeFromLatest=\w+)/))],
    [/share reset/, () => note('unshare')],
  ],
  curl: [
    [/--request DELETE/, remove],
    [/\/(deprecate|obsolete)\?/, retireIbm],
    [/--request PATCH/, () => note('dates')],
    [/--request GET/, () => say('{"id":"r1","status":"available"}')],
    [/--data/, () => create('{"id":"r1","status":"pending"}')],
    [/name=/, findIbm],
  ],
  jq: [[/./, jq]],
  sleep: [[/^10$/, () => {}]],
};

if (existsSync('down')) {
  console.error('503');
  process.exit(22);
}
const rule = RULES[program].find(([pattern]) => pattern.test(text.replaceAll('\n', ' ')));
if (!rule) {
  console.error(`unexpected: ${program} ${text}`);
  process.exit(99);
}
rule[1]();
