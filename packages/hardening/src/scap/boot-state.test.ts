import { describe, expect, it } from '@jest/globals';
import { newestKernel, parseSysctl } from './boot-state.ts';

describe('parseSysctl', () => {
  it('reads plain settings, with dots or slashes', () => {
    expect(
      parseSysctl(`# comment
; comment
kernel.dmesg_restrict = 1
net/ipv4/conf/eth0.1/rp_filter=1
net.ipv4.conf.eth0/1.rp_filter = 2
-net.core.somaxconn=5
no value`),
    ).toEqual([
      ['kernel/dmesg_restrict', '1'],
      ['net/ipv4/conf/eth0.1/rp_filter', '1'],
      ['net/ipv4/conf/eth0.1/rp_filter', '2'],
      ['net/core/somaxconn', '5'],
    ]);
  });

  it('leaves out patterns, and what would leave its folder', () => {
    expect(
      parseSysctl('net.ipv4.conf.*.rp_filter=2\nkernel/../../etc/passwd=x\n/etc/passwd=x\n../x=1'),
    ).toEqual([]);
  });
});

describe('the kernel that boots', () => {
  it('is the highest version, by numbers', () => {
    expect(newestKernel(['6.12.9+deb13-amd64', '6.12.118+deb13-amd64', '6.1.200-amd64'])).toBe(
      '6.12.118+deb13-amd64',
    );
    expect(newestKernel([])).toBeUndefined();
  });
});
