import { describe, expect, it } from '@jest/globals';
import { vhdFooter, vmdkDescriptor } from './stable-identity.ts';

function descriptor(cid: string, length = 512): Buffer {
  const sectors = Buffer.alloc(length);
  sectors.write(`# Disk DescriptorFile\nversion=1\nCID=${cid}\nparentCID=ffffffff\n`, 'latin1');
  return sectors;
}

describe('vmdkDescriptor', () => {
  it('does not depend on the random id, whatever its length', () => {
    const wanted = vmdkDescriptor(descriptor('1e4de56c'), 'seed');
    expect(wanted.toString('latin1')).toMatch(/\nCID=1[0-9a-f]{7}\nparentCID=ffffffff\n\0+$/);
    for (const cid of ['0', '4de56c', 'e4de56c', 'fffffffe']) {
      expect(vmdkDescriptor(descriptor(cid), 'seed').equals(wanted)).toBe(true);
    }
    expect(vmdkDescriptor(descriptor('0'), 'another').equals(wanted)).toBe(false);
  });

  it('refuses what is no descriptor, or has no room', () => {
    for (const wrong of [descriptor('none'), Buffer.alloc(512), descriptor('1', 60)]) {
      expect(() => vmdkDescriptor(wrong, 'seed')).toThrow(
        expect.objectContaining({ code: 'unexpected-vmdk' }) as unknown as Error,
      );
    }
  });
});

describe('vhdFooter', () => {
  it('does not depend on the random id and the time, and has the right checksum', () => {
    const [one, other] = [Buffer.alloc(512, 1), Buffer.alloc(512, 1)];
    other.fill(9, 68, 84);
    other.writeUInt32BE(77, 24);
    const fixed = vhdFooter(one, 946_684_805, 'seed');
    expect(vhdFooter(other, 946_684_805, 'seed').equals(fixed)).toBe(true);
    expect(fixed.readUInt32BE(24)).toBe(5);
    const sum = Buffer.from(fixed)
      .fill(0, 64, 68)
      .reduce((total, byte) => total + byte, 0);
    expect(fixed.readUInt32BE(64)).toBe(~sum >>> 0);
  });
});
