import type { Definition } from '../../definition/schema.ts';
import { type AskedDisk, askedDisk, ESP_MIB, languageOf } from './layout.ts';

/**
 * The answers for AutoYaST (SLES 15, Leap 15). Source: SUSE's AutoYaST guide for SLES 15. The schema of the definition
 * lets no markup through; texts are escaped all the same.
 */
export function autoyast(definition: Definition): string {
  const disk = askedDisk(definition);
  const { locale, timezone, packages, kernel, services } = definition;
  const language = languageOf(locale).replace('.UTF-8', '');
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE profile>',
    '<profile xmlns="http://www.suse.com/1.0/yast2ns" xmlns:config="http://www.suse.com/1.0/configns">',
    element('general', [
      element('mode', [
        bool('confirm', false),
        bool('final_halt', false),
        bool('final_reboot', false),
        bool('halt', true),
        bool('second_stage', false),
      ]),
      element('signature-handling', [
        bool('accept_unsigned_file', false),
        bool('accept_file_without_checksum', false),
        bool('accept_unknown_gpg_key', false),
        bool('import_gpg_key', false),
      ]),
    ]),
    element('language', [text('language', language)]),
    element('timezone', [text('hwclock', 'UTC'), text('timezone', timezone)]),
    element('keyboard', [text('keymap', 'english-us')]),
    element('partitioning', [drive(disk)], ' config:type="list"'),
    element('bootloader', [
      text('loader_type', disk.firmware === 'uefi' ? 'grub2-efi' : 'grub2'),
      element('global', [
        text('append', kernel['command-line'].join(' ')),
        text('timeout', '0', ' config:type="integer"'),
        text('terminal', 'console serial'),
      ]),
    ]),
    element('software', [
      bool('install_recommended', false),
      element('patterns', [text('pattern', 'minimal_base')], ' config:type="list"'),
      list('packages', 'package', [
        'cloud-init',
        'openssh',
        ...(kernel.package ? [kernel.package] : []),
        ...packages.add,
      ]),
      list('remove-packages', 'package', packages.remove),
    ]),
    element('services-manager', [
      text('default_target', 'multi-user'),
      element('services', [
        list('enable', 'service', services.enable.map(plainService)),
        list('disable', 'service', services.disable.map(plainService)),
      ]),
    ]),
    element(
      'users',
      [
        element('user', [
          text('username', 'root'),
          // crypt(3) never gives this: no password matches it.
          text('user_password', '!'),
          bool('encrypted', true),
        ]),
      ],
      ' config:type="list"',
    ),
    '</profile>',
    '',
  ].join('\n');
}

function drive({ firmware, filesystem }: AskedDisk): string {
  const boot =
    firmware === 'bios'
      ? [text('size', '1M'), text('partition_id', '263', ' config:type="integer"')]
      : [
          text('mount', '/boot/efi'),
          text('size', `${ESP_MIB}M`),
          text('filesystem', 'vfat', ' config:type="symbol"'),
          text('partition_id', '259', ' config:type="integer"'),
        ];
  const root = [
    text('mount', '/'),
    text('size', 'max'),
    text('filesystem', filesystem, ' config:type="symbol"'),
  ];
  return element('drive', [
    text('device', '/dev/vda'),
    text('disklabel', 'gpt'),
    bool('enable_snapshots', false),
    text('use', 'all'),
    element('partitions', [element('partition', boot), element('partition', root)], ' config:type="list"'),
  ]);
}

function plainService(unit: string): string {
  return unit.replace(/\.service$/, '');
}

function list(name: string, item: string, values: readonly string[]): string {
  return element(
    name,
    values.map((value) => text(item, value)),
    ' config:type="list"',
  );
}

function element(name: string, children: readonly string[], attributes = ''): string {
  return `<${name}${attributes}>\n${children.join('\n')}\n</${name}>`;
}

function text(name: string, value: string, attributes = ''): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}${attributes}>${escaped}</${name}>`;
}

function bool(name: string, value: boolean): string {
  return text(name, String(value), ' config:type="boolean"');
}
