/** AArch64 machine code that counts down from a hundred million and then powers off through PSCI. */
const INSTRUCTIONS = [
  0xd29c2001, // movz x1, #0xe100
  0xf2a0bea1, // movk x1, #0x5f5, lsl #16
  0xd1000421, // back: sub x1, x1, #1
  0xb5ffffe1, // cbnz x1, back
  0x52800100, // movz w0, #0x8
  0x72b08000, // movk w0, #0x8400, lsl #16: SYSTEM_OFF
  0xd4000002, // hvc #0
  0x14000000, // b .
];

/** A kernel for QEMU's `virt` machine: proves that an accelerator really runs guest code. */
export const ARM64_PROBE: Buffer = Buffer.from(new Uint32Array(INSTRUCTIONS).buffer);
