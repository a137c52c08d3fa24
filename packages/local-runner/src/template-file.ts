import { isString, NoOperationTraceWriter } from '@actions/workflow-parser';
import { ACTION_ROOT } from '@actions/workflow-parser/actions/action-constants';
import { getActionSchema } from '@actions/workflow-parser/actions/action-schema';
import {
  TemplateContext,
  TemplateValidationErrors,
} from '@actions/workflow-parser/templates/template-context';
import { readTemplate } from '@actions/workflow-parser/templates/template-reader';
import { StringToken } from '@actions/workflow-parser/templates/tokens/string-token';
import { WORKFLOW_ROOT } from '@actions/workflow-parser/workflows/workflow-constants';
import { getWorkflowSchema } from '@actions/workflow-parser/workflows/workflow-schema';
import { YamlObjectReader } from '@actions/workflow-parser/workflows/yaml-object-reader';
import type { Refusals } from './refusal.ts';
import type { Token } from './template-walk.ts';

/**
 * The parser's own `parseWorkflow` serves editors: it reads the expressions of a text of several lines from the YAML
 * source, with its indentation, quotes and escapes. Here the text is what YAML says it is.
 */
class ValueReader extends YamlObjectReader {
  override allowLiteral() {
    const token = super.allowLiteral();
    return token && isString(token) && token.source !== undefined
      ? new StringToken(
          token.file,
          token.range,
          token.value,
          token.definitionInfo,
          token.value,
          token.blockScalarHeader,
        )
      : token;
  }
}

export interface TemplateFile {
  readonly context: TemplateContext;
  readonly root: Token;
}

/**
 * Parses a workflow or an action.yml by GitHub's schema; faults go to `refusals`.
 *
 * @param file path relative to the repository, for messages
 */
export function parseTemplate(
  kind: 'workflow' | 'action',
  file: string,
  content: string,
  refusals: Refusals,
): TemplateFile | undefined {
  const [schema, definition] =
    kind === 'workflow' ? [getWorkflowSchema(), WORKFLOW_ROOT] : [getActionSchema(), ACTION_ROOT];
  const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
  const fileId = context.getFileId(file);
  const reader = new ValueReader(fileId, content);
  for (const { message, range } of reader.errors) {
    context.error(fileId, new Error(message), range);
  }
  // The faults of a file that is not YAML would mislead.
  const root = reader.errors.length > 0 ? undefined : readTemplate(context, definition, reader, fileId);
  refuseErrors(context, file, refusals);
  return root && context.errors.count === 0 ? { context, root } : undefined;
}

/** Hands the parser's errors on; the same one counts once. */
export function refuseErrors(context: TemplateContext, file: string, refusals: Refusals): void {
  for (const error of context.errors.getErrors()) {
    refusals.add({ file, line: error.range?.start.line ?? 0 }, error.rawMessage);
  }
}
