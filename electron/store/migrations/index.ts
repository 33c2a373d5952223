import type { Migration } from '../file/migrate.ts';
import { firstTables } from './0001-first-tables.ts';
import { deliveryAndTime } from './0002-delivery-and-time.ts';
import { managerPin } from './0003-manager-pin.ts';
import { history } from './0004-history.ts';
import { gaps } from './0005-gaps.ts';
import { rememberedChoices } from './0006-remembered-choices.ts';
import { welcome } from './0007-welcome.ts';
import { inUse } from './0008-in-use.ts';
import { promisedDeparture } from './0009-promised-departure.ts';
import { listColumns } from './0010-list-columns.ts';
import { refusals } from './0011-refusals.ts';
import { consentBy } from './0012-consent-by.ts';
import { restores } from './0013-restores.ts';
import { partooPause } from './0014-partoo-pause.ts';
import { foldedNames } from './0015-folded-names.ts';
import { lastSends } from './0016-last-sends.ts';
import { seenBusiness } from './0017-seen-business.ts';
import { apostrophes } from './0018-apostrophes.ts';
import { siteSharing } from './0019-site-sharing.ts';
import { centralSettings } from './0020-central-settings.ts';
import { erasureProgress } from './0021-erasure-progress.ts';
import { notAccepted } from './0022-not-accepted.ts';

/** All shipped migrations, in order. A shipped one is never edited: add another. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  deliveryAndTime,
  managerPin,
  history,
  gaps,
  rememberedChoices,
  welcome,
  inUse,
  promisedDeparture,
  listColumns,
  refusals,
  consentBy,
  restores,
  partooPause,
  foldedNames,
  lastSends,
  seenBusiness,
  apostrophes,
  siteSharing,
  centralSettings,
  erasureProgress,
  notAccepted,
];
