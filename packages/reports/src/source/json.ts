import { Tokenizer, TokenizerError, TokenParser, TokenParserError, TokenType } from '@streamparser/json';
import type { ReportFile } from './report-file.ts';
import { unreadable } from './unreadable.ts';

/** Property names and indices that lead to a value. */
export type Keys = readonly (string | number)[];

export interface JsonHandler {
  /** The values to make, as `@streamparser/json` names them: `$.runs.*.results.*`. None may contain another. */
  readonly paths: readonly string[];
  readonly value: (value: unknown, keys: Keys) => void;
  /** An array begins: tells an empty one from none, without keeping its members. */
  readonly array?: (keys: Keys) => void;
}

/** No value that is read as a whole may be larger, in characters. */
const MAX_VALUE = 32 * 1024 * 1024;
/** Brackets, commas, names, numbers and so on of one value: small parts take more memory than their text. */
const MAX_TOKENS = 4_000_000;
const MAX_DEPTH = 200;

/**
 * Reads a JSON report as a stream: only the values at `paths` are made, one at a time.
 *
 * @throws UserError `unreadable-report` for anything that is not one JSON text, nested more than 200 deep or with one
 *   value of more than 32 Mi characters or 4 million parts
 */
export async function readJson(report: ReportFile, handler: JsonHandler): Promise<void> {
  // Without buffers each digit and each escape waits as an object of its own for the end of its token.
  const tokenizer = new Tokenizer({ stringBufferSize: 4096, numberBufferSize: 64 });
  const parser = new TokenParser({ paths: [...handler.paths], keepStack: false });
  const fail = (why: string): never => {
    throw unreadable(report.path, why);
  };
  // What a handler throws comes here too, and passes through as it is.
  tokenizer.onError = parser.onError = (error) => {
    if (error instanceof TokenizerError || error instanceof TokenParserError) {
      fail(`it is not JSON: ${error.message.slice(0, 200)}`);
    }
    throw error;
  };
  let since = 0;
  let tokens = 0;
  let text = '';
  /** Where in each open container the reader is. */
  const position: (string | number)[] = [];
  tokenizer.onToken = (token) => {
    tokens += 1;
    if (tokens > MAX_TOKENS) {
      fail(`one value in it has more than ${MAX_TOKENS} parts`);
    }
    const top = position.length - 1;
    switch (token.token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        if (top + 1 >= MAX_DEPTH) {
          fail(`it is nested more than ${MAX_DEPTH} deep`);
        }
        if (token.token === TokenType.LEFT_BRACKET) {
          handler.array?.(position);
        }
        position.push(token.token === TokenType.LEFT_BRACKET ? 0 : '');
        break;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        position.pop();
        break;
      case TokenType.STRING:
        text = String(token.value);
        break;
      case TokenType.COLON:
        position[top] = text;
        break;
      case TokenType.COMMA:
        if (typeof position[top] === 'number') {
          position[top] += 1;
        }
        break;
    }
    parser.write(token);
  };
  parser.onValue = ({ value, key, stack }) => {
    since = 0;
    tokens = 0;
    const keys = [...stack.slice(1).map((level) => level.key), key];
    handler.value(
      value,
      keys.filter((part): part is string | number => part !== undefined),
    );
  };
  for await (const piece of report.text) {
    since += piece.length;
    if (since > MAX_VALUE) {
      fail(`one value in it has more than ${MAX_VALUE} characters`);
    }
    tokenizer.write(piece);
  }
  if (!parser.isEnded) {
    fail('it ends in the middle');
  }
}
