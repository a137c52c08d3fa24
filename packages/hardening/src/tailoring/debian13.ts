import type { ReleaseTailoring } from './tailoring.ts';

const JOURNAL =
  'The journal keeps the logs (persistent, compressed); rsyslog would keep them twice. CIS asks for one of the two.';
const TIME =
  'systemd-timesyncd keeps the time: it is part of systemd and asks the cloud’s servers. CIS asks for one time service.';

/**
 * Debian 13 cloud images. Only what contradicts another rule is taken out, and only values are set that the profile
 * leaves to the site; everything else that an image does not meet stays in the score, or is waived with a reason.
 */
export const DEBIAN_13: ReleaseTailoring = {
  choices: [
    { rule: 'package_chrony_installed', selected: false, reason: TIME },
    { rule: 'service_chronyd_enabled', selected: false, reason: TIME },
    { rule: 'service_timesyncd_disabled', selected: false, reason: `${TIME} This one turns it off.` },
    { rule: 'chronyd_run_as_chrony_user', selected: false, reason: TIME },
    { rule: 'chronyd_configure_pool_and_server', selected: false, reason: TIME },
    { rule: 'chronyd_specify_remote_server', selected: false, reason: TIME },
    { rule: 'service_chronyd_or_ntpd_enabled', selected: false, reason: TIME },
    { rule: 'package_rsyslog_installed', selected: false, reason: JOURNAL },
    { rule: 'service_rsyslog_enabled', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_filecreatemode', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_nolisten', selected: false, reason: JOURNAL },
    { rule: 'package_rsyslog-gnutls_installed', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_remote_tls', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_remote_tls_cacert', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_remote_loghost', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_files_groupownership', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_files_ownership', selected: false, reason: JOURNAL },
    { rule: 'rsyslog_files_permissions', selected: false, reason: JOURNAL },
    {
      rule: 'journald_forward_to_syslog',
      selected: false,
      reason: `${JOURNAL} journald_disable_forward_to_syslog demands the opposite and stays.`,
    },
  ],
  values: [],
};
