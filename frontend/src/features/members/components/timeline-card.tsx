import {
  IconArrowRight,
  IconCheck,
  IconCornerDownRight,
  IconHandStop,
  IconIdBadge2,
  IconNote,
  IconPaperclip,
  IconPhoto,
  IconReceipt,
  IconUser,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Skeleton } from '@/components/skeleton';
import { useClub } from '@/lib/club';
import { formatMoment } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useTimeline, type Member, type TimelineItem } from '../api/member';
import classes from './timeline-card.module.css';

/** What says least about a person: the move that follows every grant anyway. */
const quiet = new Set(['access.granted', 'access.passed', 'access.not_passed']);

function iconOf(type: string): Icon {
  const [kind = '', what = ''] = type.split('.');
  if (type === 'access.denied' || type === 'access.offline_denied') {
    return IconX;
  }
  if (type === 'access.admitted_by_hand') {
    return IconHandStop;
  }
  if (kind === 'access') {
    return what.startsWith('left') || what.startsWith('exit') ? IconArrowRight : IconCheck;
  }
  const icons: Record<string, Icon> = {
    membership: IconReceipt,
    credential: IconIdBadge2,
    note: IconNote,
    photo: IconPhoto,
    file: IconPaperclip,
  };
  return icons[kind] ?? IconUser;
}

/** Newest first; the causes of a refusal hang below it, each with "because", down to the first one. */
export function TimelineCard({ member, most }: { member: Member; most: number }) {
  const { t } = useTranslation();
  const timeline = useTimeline(member.id);
  const [all, setAll] = useState(false);
  const told = (timeline.data?.items ?? []).filter(({ type }) => !quiet.has(type));
  const shown = all ? told : told.slice(0, most);
  return (
    <Card
      testId="timeline"
      title={t('timeline.title')}
      aside={
        told.length > most ? (
          <button
            type="button"
            className={classes.all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? t('timeline.less') : t('timeline.all')}
          </button>
        ) : undefined
      }
    >
      <ol className={classes.items}>
        {timeline.isPending && [220, 180, 240].map((width) => <Coming key={width} width={width} />)}
        {shown.map((item, index) => (
          <Item key={`${item.position} ${item.type} ${index}`} item={item} />
        ))}
      </ol>
      {timeline.isError && <p className={classes.failed}>{t('timeline.failed')}</p>}
    </Card>
  );
}

function Item({ item }: { item: TimelineItem }) {
  const { t } = useTranslation();
  const tone = item.type.endsWith('denied') ? 'deny' : item.type === 'access.admitted_by_hand' ? 'warn' : 'plain';
  return (
    <li className={classes.item}>
      <Line item={item} icon={iconOf(item.type)} tone={tone} />
      {item.because.length > 0 && (
        <ol className={classes.causes}>
          {item.because.map((cause, index) => (
            <li key={`${cause.position} ${index}`} className={classes.item}>
              <Line item={cause} icon={IconCornerDownRight} tone="cause" because={t('timeline.because')} />
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

interface LineProps {
  item: TimelineItem;
  icon: Icon;
  tone: 'deny' | 'warn' | 'plain' | 'cause';
  because?: string;
}

function Line({ item, icon: LineIcon, tone, because }: LineProps) {
  const language = useLanguage();
  const { timeZone, clockOffset } = useClub();
  const now = useNow(60_000) + clockOffset;
  return (
    <div className={classes.line} data-tone={tone}>
      <time className={classes.time} dateTime={item.at}>
        {formatMoment(Date.parse(item.at), now, timeZone, language)}
      </time>
      <span className={classes.icon}>
        <LineIcon size={16} stroke={2.2} aria-hidden="true" />
      </span>
      <p className={classes.text}>
        {because !== undefined && <span className={classes.because}>{because}</span>}
        {item.text[language]}
      </p>
    </div>
  );
}

function Coming({ width }: { width: number }) {
  return (
    <li className={classes.item} aria-hidden="true">
      <div className={classes.line}>
        <Skeleton width={48} height={12} />
        <Skeleton width={28} height={28} radius="50%" />
        <Skeleton width={width} height={14} />
      </div>
    </li>
  );
}
