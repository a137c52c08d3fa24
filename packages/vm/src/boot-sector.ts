/**
 * Tiny guests: 512-byte PC boot sectors that write to the first serial port and then do one thing. They prove
 * that an accelerator really runs guest code, and give the tests guests that hang, flood or die in milliseconds.
 */
export type Ending =
  /** Writes 0x10 to isa-debug-exit at 0xf4: QEMU ends with status 0x21. */
  | 'debug-exit'
  /** Counts to a hundred million first: a tenth of a second for a processor, minutes where each step is emulated. */
  | 'count-and-exit'
  /** Stops the processor for ever. */
  | 'hang'
  /** Prints the text again and again. */
  | 'flood'
  /** Powers off through q35's ACPI PM1a control register (port 0x604). */
  | 'power-off'
  /** Resets through the keyboard controller (port 0x64), again and again. */
  | 'reset';

/** QEMU's exit status after `debug-exit`: (0x10 << 1) | 1. */
export const DEBUG_EXIT_STATUS = 0x21;

const LOAD_ADDRESS = 0x7c00;
/** SeaBIOS does not read a disk of a single sector. */
const DISK_BYTES = 1024 * 1024;

const ENDINGS: Readonly<Record<Ending, readonly number[]>> = {
  'debug-exit': [0xb0, 0x10, 0xe6, 0xf4], // mov al,0x10; out 0xf4,al
  'count-and-exit': [
    ...[0x66, 0xb9, 0x00, 0xe1, 0xf5, 0x05, 0x66, 0x49, 0x75, 0xfc], // mov ecx,100000000; back: dec ecx; jnz back
    ...[0xb0, 0x10, 0xe6, 0xf4],
  ],
  hang: [],
  flood: [],
  'power-off': [0xba, 0x04, 0x06, 0xb8, 0x00, 0x20, 0xef], // mov dx,0x604; mov ax,0x2000; out dx,ax
  reset: [0xb0, 0xfe, 0xe6, 0x64], // mov al,0xfe; out 0x64,al
};

/** A disk of 1 MiB whose boot sector prints `text` (ASCII, at most 400 bytes) on the serial port and then ends as told. */
export function bootSector(text: string, ending: Ending): Buffer {
  const print = [
    ...[0xfa, 0x31, 0xc0, 0x8e, 0xd8, 0xfc], // cli; xor ax,ax; mov ds,ax; cld
    ...[0xbe, 0x00, 0x00], // mov si,<text>, filled in below
    ...[0xac, 0x84, 0xc0, 0x74, 0x06], // next: lodsb; test al,al; jz done
    ...[0xba, 0xf8, 0x03, 0xee, 0xeb, 0xf5], // mov dx,0x3f8; out dx,al; jmp next
  ];
  const start = 6;
  const after = ending === 'flood' ? jumpBack(print.length, start) : ENDINGS[ending];
  const halt = [0xf4, 0xeb, 0xfd]; // hlt; jmp back
  const code = [...print, ...after, ...halt];
  const message = Buffer.from(`${text}\0`, 'latin1');
  if (code.length + message.length > 510) {
    throw new RangeError('The text of a boot sector has at most 400 bytes');
  }
  const sector = Buffer.alloc(DISK_BYTES);
  sector.set(code);
  sector.writeUInt16LE(LOAD_ADDRESS + code.length, 7);
  message.copy(sector, code.length);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** A short jump at offset `from` to offset `to`. */
function jumpBack(from: number, to: number): readonly number[] {
  return [0xeb, (to - (from + 2)) & 0xff];
}
