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

const found = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const problems = await validate(TextDocument.create(`file:///${file}`, 'yaml', 1, text));
  found[file] = problems.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
console.log(JSON.stringify(found));
