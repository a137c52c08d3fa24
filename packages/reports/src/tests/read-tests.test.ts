import { describe, expect, it } from '@jest/globals';
import { ports, reportFolder } from '../../test/files.ts';
import { readTests } from './read-tests.ts';

const folder = reportFolder();
const read = async (text: string) => {
  const { passed, failed, skipped, failures } = await readTests([await folder.write(text)], ports);
  return { passed, failed, skipped, failures };
};

describe('JUnit', () => {
  it('counts cases', async () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" errors="1">
  <testsuite name="a" tests="5" failures="1" errors="1" skipped="1">
    <properties><property name="x" value="y"/></properties>
    <testcase classname="a" name="one" time="0.1"/>
    <testcase classname="a" name="two"><failure message="no">at line 3</failure></testcase>
    <testcase classname="a" name="three"><error/></testcase>
    <testcase classname="a" name="four"><skipped/></testcase>
    <testsuite name="inner"><testcase name="five"><system-out><![CDATA[<failure/>]]></system-out></testcase></testsuite>
  </testsuite>
</testsuites>`;
    expect(await read(text)).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
      failures: ['a › three', 'a › two'],
    });
  });

  it('believes a suite that counts more failures than it shows', async () => {
    expect((await read('<testsuite errors="2" failures="1"><testcase name="x"/></testsuite>')).failed).toBe(
      3,
    );
    const nested =
      '<testsuites><testsuite errors="1"><testsuite errors="1"><testcase name="x"><error/></testcase></testsuite></testsuite></testsuites>';
    expect((await read(nested)).failed).toBe(1);
  });

  it('takes a flaky case that passed at last for passed, and a failed and skipped one for failed', async () => {
    expect(await read('<testsuite><testcase name="x"><flakyFailure/></testcase></testsuite>')).toMatchObject({
      passed: 1,
      failed: 0,
    });
    expect(
      await read('<testsuite><testcase name="x"><skipped/><failure/></testcase></testsuite>'),
    ).toMatchObject({ skipped: 0, failed: 1 });
  });

  it('reads megabytes of a log in a case', async () => {
    const out = `<![CDATA[${'x'.repeat(9_000_000)}]]>`;
    expect(
      (await read(`<testsuite><testcase name="x"><system-out>${out}</system-out></testcase></testsuite>`))
        .passed,
    ).toBe(1);
  });

  it.each([
    ['<testsuite><testcase name="x"></testsuite>', 'unexpected close tag'],
    ['<testsuite><testcase name="x"/>', 'unclosed tag'],
    ['<html/>', 'its root element is html'],
    ['text', 'text data outside of root'],
    ['<!DOCTYPE t [<!ENTITY e "x">]><testsuite/>', 'document type of its own'],
  ])('%j is refused', async (text, reason) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'unreadable-report',
      message: expect.stringContaining(reason),
    });
  });
});
