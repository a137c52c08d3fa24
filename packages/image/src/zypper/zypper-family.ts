import { rpmFamily } from '../rpm/rpm-family.ts';
import { ZYPPER } from './zypper.ts';

/** SLES and openSUSE Leap. */
export const ZYPPER_FAMILY = rpmFamily('zypper', ZYPPER);
