import { rpmFamily } from '../rpm/rpm-family.ts';
import { DNF } from './dnf.ts';

/** AlmaLinux, Rocky, CentOS Stream, RHEL, Oracle Linux, Fedora. */
export const DNF_FAMILY = rpmFamily('dnf', DNF);
