import path from 'node:path';
import { digestFile } from '@golden-image/evidence';
import type { ExportInput } from './format.ts';

/** CIM operating system types. Source: DMTF CIM_OperatingSystem.OsType. */
const OS_TYPES: Readonly<Record<string, readonly [id: number, vmware: string]>> = {
  debian: [96, 'debian12_64Guest'],
  ubuntu: [94, 'ubuntu64Guest'],
  rhel: [80, 'rhel9_64Guest'],
  almalinux: [101, 'almalinux_64Guest'],
  rocky: [101, 'rockylinux_64Guest'],
  sles: [85, 'sles15_64Guest'],
  'opensuse-leap': [101, 'opensuse64Guest'],
};

/**
 * An OVF descriptor: one machine with two processors, 2 GiB, a paravirtual SCSI disk and one network card.
 * Source: DMTF DSP0243, OVF 1.1; VMware's extensions for firmware and guest type.
 */
export function ovfDescriptor(
  { descriptor, virtualSize }: ExportInput,
  file: { readonly disk: string; readonly size: number },
): string {
  const name = `${descriptor.name}-${descriptor.version}`;
  const [osId, osType] = OS_TYPES[descriptor.distribution] ?? [101, 'otherLinux64Guest'];
  const efi = !descriptor.firmware.includes('bios');
  const item = (fields: Readonly<Record<string, string | number>>): string => {
    const inner = Object.entries(fields).map(([tag, value]) => `        <rasd:${tag}>${value}</rasd:${tag}>`);
    return `      <Item>\n${inner.join('\n')}\n      </Item>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References>
    <File ovf:href="${file.disk}" ovf:id="file1" ovf:size="${file.size}"/>
  </References>
  <DiskSection>
    <Info>Virtual disks</Info>
    <Disk ovf:capacity="${virtualSize}" ovf:capacityAllocationUnits="byte" ovf:diskId="disk1" ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  </DiskSection>
  <NetworkSection>
    <Info>Networks</Info>
    <Network ovf:name="network1">
      <Description>The first network</Description>
    </Network>
  </NetworkSection>
  <VirtualSystem ovf:id="${name}">
    <Info>${name}</Info>
    <Name>${name}</Name>
    <OperatingSystemSection ovf:id="${osId}" vmw:osType="${osType}">
      <Info>${descriptor.distribution} ${descriptor.release}</Info>
    </OperatingSystemSection>
    <VirtualHardwareSection>
      <Info>Hardware</Info>
      <System>
        <vssd:ElementName>Virtual hardware</vssd:ElementName>
        <vssd:InstanceID>0</vssd:InstanceID>
        <vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>
      </System>
${[
  item({ ElementName: '2 processors', InstanceID: 1, ResourceType: 3, VirtualQuantity: 2 }),
  item({
    AllocationUnits: 'byte * 2^20',
    ElementName: '2048 MiB',
    InstanceID: 2,
    ResourceType: 4,
    VirtualQuantity: 2048,
  }),
  item({
    Address: 0,
    ElementName: 'SCSI controller',
    InstanceID: 3,
    ResourceSubType: 'VirtualSCSI',
    ResourceType: 6,
  }),
  item({
    AddressOnParent: 0,
    ElementName: 'Disk',
    HostResource: 'ovf:/disk/disk1',
    InstanceID: 4,
    Parent: 3,
    ResourceType: 17,
  }),
  item({
    AddressOnParent: 7,
    AutomaticAllocation: 'true',
    Connection: 'network1',
    ElementName: 'Network card',
    InstanceID: 5,
    ResourceSubType: 'VmxNet3',
    ResourceType: 10,
  }),
].join('\n')}
      <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="${efi ? 'efi' : 'bios'}"/>
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
`;
}

/** The manifest of an OVF package: SHA-256 of each file. Source: DSP0243 2.1, section 6.4.2. */
export async function ovfManifest(folder: string, names: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    names.map(async (name) => {
      const { hex } = await digestFile(path.join(folder, name), ['sha256']);
      return `SHA256(${name})= ${hex.sha256}\n`;
    }),
  );
  return lines.join('');
}
