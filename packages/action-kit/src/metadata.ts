import type { ActionDefinition } from './definition.ts';

/** The text of `action.yml`. */
export function actionMetadata(definition: ActionDefinition): string {
  const lines = [
    '# Generated from src/definition.ts by `npm run generate`.',
    `name: ${quote(definition.title)}`,
    `description: ${quote(definition.description)}`,
    'author: golden-image-actions',
    'branding:',
    `  icon: ${definition.branding.icon}`,
    `  color: ${definition.branding.color}`,
    'inputs:',
  ];
  for (const [name, input] of Object.entries(definition.inputs)) {
    lines.push(
      `  ${name}:`,
      `    description: ${quote(input.description)}`,
      `    required: ${input.required}`,
    );
    if (input.default !== undefined) {
      lines.push(`    default: ${quote(input.default)}`);
    }
  }
  lines.push('outputs:');
  for (const [name, description] of Object.entries(definition.outputs)) {
    lines.push(`  ${name}:`, `    description: ${quote(description)}`);
  }
  lines.push('runs:', '  using: node24', `  main: ../../dist/${definition.name}/index.js`);
  return `${lines.join('\n')}\n`;
}

/** The inputs and outputs tables of an action's README. */
export function readmeTables(definition: ActionDefinition): {
  readonly inputs: string;
  readonly outputs: string;
} {
  const inputs = Object.entries(definition.inputs).map(([name, input]) => {
    const fallback = input.required ? '**required**' : input.default ? `\`${input.default}\`` : '';
    return `| \`${name}\` | ${cell(input.description)} | ${cell(input.form)} | ${fallback} |`;
  });
  const outputs = Object.entries(definition.outputs).map(([name, text]) => `| \`${name}\` | ${cell(text)} |`);
  return {
    inputs: ['| input | what it is | form | default |', '| --- | --- | --- | --- |', ...inputs].join('\n'),
    outputs: ['| output | what it is |', '| --- | --- |', ...outputs].join('\n'),
  };
}

/** YAML double-quoted scalars are a superset of JSON strings. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
