import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StatePanel } from '@/components/state-panel';
import { useClub, useClubNow } from '@/lib/club';
import { formatMoney } from '@/lib/money';
import { formatMoment } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { itemsOf, useOfflineDifferences, type OfflineDifference } from '../api/offline';
import { Loaded, Part, Tag } from './parts';
import classes from './settings.module.css';

/** What doors decided alone, and the club would have decided otherwise: who, when, why, and what it cost. */
export function OfflinePage() {
  const { t } = useTranslation();
  const list = useOfflineDifferences();
  return (
    <div className={classes.column}>
      <Part title={t('settings.offline.title')} testId="offline">
        <p className={classes.help}>{t('settings.offline.help')}</p>
        <Loaded query={list}>
          {({ pages }) =>
            itemsOf(pages).length === 0 ? (
              <StatePanel
                icon={IconPlugConnectedX}
                title={t('settings.offline.none')}
                help={t('settings.offline.noneHelp')}
              />
            ) : (
              <ul className={classes.list}>
                {itemsOf(pages).map((item) => (
                  <DifferenceRow key={item.position} item={item} />
                ))}
              </ul>
            )
          }
        </Loaded>
        {list.hasNextPage && (
          <div className={classes.actions}>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('settings.offline.more')}
            </Button>
          </div>
        )}
      </Part>
    </div>
  );
}

function DifferenceRow({ item }: { item: OfflineDifference }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone, gates } = useClub();
  const now = useClubNow();
  const when = (at: string) => formatMoment(Date.parse(at), now, timeZone, language);
  const other = gates.find(({ id }) => id === item.otherGateId)?.name;
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name} title={item.displayName}>
          <Link to={`/desk/${item.memberId}`} className={classes.personLink}>{item.displayName}</Link>
        </p>
        <p className={classes.second}>{language === 'fr' ? item.text.fr : item.text.en}</p>
        <p className={classes.second}>
          {`${item.gateName} · ${when(item.at)}`}
          {other !== undefined &&
            item.otherAt !== null &&
            ` · ${t('settings.offline.other', { gate: other, when: when(item.otherAt) })}`}
        </p>
      </div>
      {item.worth !== null && <span className={classes.name}>{formatMoney(item.worth, language)}</span>}
      <Tag kind={item.decision === 'grant' ? 'warn' : 'deny'}>
        {t(item.decision === 'grant' ? 'settings.offline.grant' : 'settings.offline.deny')}
      </Tag>
    </li>
  );
}
