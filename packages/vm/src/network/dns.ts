/** One question of a DNS message (RFC 1035), without compression, as resolvers ask it. */
export interface Question {
  readonly id: number;
  /** Lower case, without the final dot. */
  readonly name: string;
  readonly type: number;
  /** Header flags of the query. */
  readonly flags: number;
  /** Where the question section ends. */
  readonly end: number;
}

const TYPE_A = 1;

/** The question of a standard query; undefined for anything else. */
export function parseQuestion(message: Buffer): Question | undefined {
  if (message.length < 17 || message.readUInt16BE(4) !== 1) {
    return undefined;
  }
  const flags = message.readUInt16BE(2);
  const isQuery = (flags & 0xf800) === 0;
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63 || !isQuery) {
      return undefined;
    }
    at += 1;
    if (length === 0) {
      break;
    }
    labels.push(message.toString('latin1', at, at + length).toLowerCase());
    at += length;
  }
  if (at + 4 > message.length) {
    return undefined;
  }
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.'),
    type: message.readUInt16BE(at),
    flags,
    end: at + 4,
  };
}

/** An authoritative answer: the address for an A question, no data for other types, NXDOMAIN for no address. */
export function answer(query: Buffer, question: Question, address: string | undefined): Buffer {
  const hasData = address !== undefined && question.type === TYPE_A;
  const header = Buffer.alloc(12);
  header.writeUInt16BE(question.id, 0);
  const recursionDesired = question.flags & 0x0100;
  header.writeUInt16BE(0x8480 | recursionDesired | (address === undefined ? 3 : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(hasData ? 1 : 0, 6);
  const echoed = query.subarray(12, question.end);
  if (!hasData) {
    return Buffer.concat([header, echoed]);
  }
  const record = Buffer.alloc(16);
  record.writeUInt16BE(0xc00c, 0); // the name of the question
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(4, 10);
  Buffer.from(address.split('.').map(Number)).copy(record, 12);
  return Buffer.concat([header, echoed, record]);
}
