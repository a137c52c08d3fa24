/**
 * Checks workflow files with GitHub's own language service and prints what it finds, by file, as JSON.
 *
 *   node test/tools/lint-workflows.mjs file.yml…
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// The service imports JSON files without the attribute that Node asks for.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.json')
      ? next(url, { ...context, format: 'json', importAttributes: { type: 'json' } })
      : next(url, context),
});
const { validate } = await import('@actions/languageservice');
const { TextDocument } = await import('vscode-languageserver-textdocument');

/** The service has no payload of this event: docs.github.com, "Webhook events and payloads", has `base_sha` in it. */
const UNKNOWN_TO_THE_SERVICE = 'Context access might be invalid: merge_group';

const found = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const problems = await validate(TextDocument.create(`file:///${file}`, 'yaml', 1, text));
  const told = problems.filter(({ message }) => message !== UNKNOWN_TO_THE_SERVICE);
  found[file] = told.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
console.log(JSON.stringify(found));
