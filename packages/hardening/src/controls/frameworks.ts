/** A catalogue of controls that rules refer to. */
export interface Framework {
  readonly id: string;
  readonly name: string;
  /** Families that a rule's reference belongs to; empty when the reference is not of this framework. */
  readonly families: (reference: { readonly href: string; readonly text: string }) => readonly string[];
  /** Family to what it is about, in the framework's own words, shortened. */
  readonly titles: Readonly<Record<string, string>>;
}

/** The family is what `pattern` finds in references whose address matches `href`. */
function byPattern(href: RegExp, pattern: RegExp): Framework['families'] {
  return (reference) => {
    const found = href.test(reference.href) ? pattern.exec(reference.text)?.[1] : undefined;
    return found === undefined ? [] : [found];
  };
}

/** CIS Debian Linux 13 Benchmark 1.0, chapters. */
const CIS: Framework = {
  id: 'cis',
  name: 'CIS Benchmark',
  families: byPattern(/cisecurity\.org\/cis-benchmarks/, /^(\d+)\./),
  titles: {
    1: 'Initial setup',
    2: 'Services',
    3: 'Network',
    4: 'Host based firewall',
    5: 'Access control',
    6: 'Logging and auditing',
    7: 'System maintenance',
  },
};

/** ANSSI-BP-028 version 2.0: its recommendations R1 to R80 by topic. */
const ANSSI_TOPICS: Readonly<Record<string, string>> = {
  'R1-R7': 'Hardware and boot',
  'R8-R27': 'Kernel',
  'R28-R29': 'Partitioning',
  'R30-R36': 'Accounts',
  'R37-R49': 'Access control',
  'R50-R57': 'Files and folders',
  'R58-R61': 'Packages',
  'R62-R80': 'Services, logging and network',
};
const ANSSI: Framework = {
  id: 'anssi',
  name: 'ANSSI-BP-028',
  families: ({ href, text }) => {
    const number = /cyber\.gouv\.fr|ssi\.gouv\.fr/.test(href) && /^R(\d+)$/.exec(text)?.[1];
    return Object.keys(ANSSI_TOPICS).filter((range) => {
      const [first, last] = range.split('-').map((end) => Number(end.slice(1)));
      return number && Number(number) >= (first ?? 0) && Number(number) <= (last ?? 0);
    });
  },
  titles: ANSSI_TOPICS,
};

/** PCI DSS 4.0, requirements. */
const PCI: Framework = {
  id: 'pci-dss',
  name: 'PCI DSS 4.0',
  families: byPattern(/PCI-DSS-v4/i, /^(?:Req-)?(\d+)\./),
  titles: {
    1: 'Network security controls',
    2: 'Secure configurations',
    3: 'Protect stored account data',
    4: 'Cryptography in transmission',
    5: 'Protection from malware',
    6: 'Secure systems and software',
    7: 'Restrict access by need to know',
    8: 'Identify users and authenticate access',
    9: 'Restrict physical access',
    10: 'Log and monitor all access',
    11: 'Test security regularly',
    12: 'Policies and programs',
  },
};

/** HIPAA security rule, 45 CFR 164 subpart C, standards. */
const HIPAA: Framework = {
  id: 'hipaa',
  name: 'HIPAA Security Rule',
  families: byPattern(/CFR-2007-title45/, /^(164\.3\d\d\([a-z]\)(?:\(\d\))?)/),
  titles: {
    '164.308(a)(1)': 'Security management process',
    '164.308(a)(3)': 'Workforce security',
    '164.308(a)(4)': 'Information access management',
    '164.308(a)(5)': 'Awareness and training: log-in monitoring, passwords',
    '164.308(a)(6)': 'Security incident procedures',
    '164.308(a)(7)': 'Contingency plan',
    '164.308(a)(8)': 'Evaluation',
    '164.308(b)(1)': 'Business associates',
    '164.308(b)(3)': 'Business associates',
    '164.310(a)(1)': 'Facility access controls',
    '164.310(a)(2)': 'Facility access controls',
    '164.310(b)': 'Workstation use',
    '164.310(c)': 'Workstation security',
    '164.310(d)(1)': 'Device and media controls',
    '164.310(d)(2)': 'Device and media controls',
    '164.312(a)': 'Access control',
    '164.312(a)(1)': 'Access control',
    '164.312(a)(2)': 'Access control',
    '164.312(b)': 'Audit controls',
    '164.312(d)': 'Person or entity authentication',
    '164.312(e)': 'Transmission security',
    '164.312(e)(1)': 'Transmission security',
    '164.312(e)(2)': 'Transmission security',
    '164.314(a)(2)': 'Business associate contracts',
  },
};

/** NIST SP 800-53 revision 4, control families. */
const NIST: Framework = {
  id: 'nist-800-53',
  name: 'NIST SP 800-53',
  families: byPattern(/SP\.800-53r4/, /^([A-Z]{2})-\d/),
  titles: {
    AC: 'Access control',
    AU: 'Audit and accountability',
    CA: 'Assessment and authorization',
    CM: 'Configuration management',
    CP: 'Contingency planning',
    IA: 'Identification and authentication',
    IR: 'Incident response',
    MA: 'Maintenance',
    MP: 'Media protection',
    PE: 'Physical protection',
    RA: 'Risk assessment',
    SA: 'Acquisition',
    SC: 'System and communications protection',
    SI: 'System and information integrity',
  },
};

/**
 * Which technical measures of GDPR article 32 a NIST control serves. The regulation names no controls: this mapping is
 * the project's reading, from the purpose of each control.
 */
const GDPR_BY_CONTROL: readonly (readonly [control: RegExp, measure: string])[] = [
  [/^(SC-(8|12|13|17|28)|IA-5\(1\)\(c\)|IA-7)\b/, '32(1)(a)'],
  [/^(AC|IA|MP|PE|SC|SI-7|SI-10|SI-16)\b/, '32(1)(b)'],
  [/^(CM|MA|SA)\b/, '32(1)(b)'],
  [/^(CP|AU-9\(2\)|AU-5|SC-5)\b/, '32(1)(c)'],
  [/^(AU|CA|RA|IR|SI-2|SI-4|SI-6)\b/, '32(1)(d)'],
  [/^(AC-(2|3|5|6|7|11|12|17)|IA-(2|4|5))\b/, '32(4)'],
];
const GDPR: Framework = {
  id: 'gdpr-32',
  name: 'GDPR article 32',
  families: ({ href, text }) =>
    /SP\.800-53r4/.test(href)
      ? [...new Set(GDPR_BY_CONTROL.filter(([control]) => control.test(text)).map(([, measure]) => measure))]
      : [],
  titles: {
    '32(1)(a)': 'Pseudonymisation and encryption',
    '32(1)(b)': 'Confidentiality, integrity, availability and resilience',
    '32(1)(c)': 'Restoring availability after an incident',
    '32(1)(d)': 'Testing, assessing and evaluating',
    '32(4)': 'Access by persons only as instructed',
  },
};

export const FRAMEWORKS: readonly Framework[] = [CIS, ANSSI, PCI, HIPAA, NIST, GDPR];
