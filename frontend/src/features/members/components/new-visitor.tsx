import { Button, NativeSelect } from '@mantine/core';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { InlineError } from '@/components/inline-error';
import { useClub, useClubNow } from '@/lib/club';
import { formatMoney } from '@/lib/money';
import { isoDate } from '@/lib/plan-length';
import { siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Person } from '../api/commands';
import { usePlans, type Plan } from '../api/member';
import { useDayPass } from '../api/visitors';
import { HostField, type Host } from './host-field';
import { Alike, useAlike } from './new-member';
import { cleaned, focusMissing, isOfAField, PersonFields } from './person-fields';
import { VisitorPass } from './visitor-pass';
import form from './new-member.module.css';
import classes from './visitors.module.css';

/** Somebody who comes for a day, alone or with a member: a name, a pass, a code to hand over. */
export function NewVisitor() {
  const plans = usePlans();
  const state: unknown = useLocation().state;
  const { host } = (state ?? {}) as { host?: Host };
  const ofADay = plans.data?.items.filter(({ days, retired }) => days !== null && !retired);
  return ofADay === undefined ? null : <VisitorForm key={host?.id} plans={ofADay} firstHost={host ?? null} />;
}

const nobody: Person = { firstName: '', lastName: '', phone: '', email: null };

function VisitorForm({ plans, firstHost }: { plans: readonly Plan[]; firstHost: Host | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { timeZone } = useClub();
  const now = useClubNow();
  const [person, setPerson] = useState(nobody);
  const [planId, setPlanId] = useState(plans[0]?.id ?? '');
  const [host, setHost] = useState(firstHost);
  const [checked, setChecked] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const pass = useDayPass();
  const alike = useAlike(person);
  const plan = plans.find(({ id }) => id === planId);
  if (pass.data !== undefined) {
    return (
      <VisitorPass
        name={`${person.firstName} ${person.lastName}`}
        value={pass.data.value}
        expiresOn={pass.data.expiresOn}
        hostName={host?.displayName ?? null}
        onDone={() => void navigate('/desk/visitors', { replace: true })}
      />
    );
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!focusMissing(person, element) && plan !== undefined && !pass.isPending) {
      const { firstName, lastName, phone } = cleaned(person);
      const startsOn = isoDate(siteDate(now, timeZone));
      pass.mutate({ firstName, lastName, phone, planId: plan.id, startsOn, hostId: host?.id ?? null });
    }
  };
  return (
    <form ref={element} className={form.form} onSubmit={submit} noValidate data-testid="new-visitor">
      <h2 className={form.title}>{t('visitors.form')}</h2>
      <HostField host={host} onHost={setHost} />
      <PersonFields
        person={person}
        fields={['firstName', 'lastName', 'phone']}
        checked={checked}
        error={pass.error}
        onChange={setPerson}
      />
      <Alike people={alike} onOpen={(id) => void navigate(`/desk/${id}`)} />
      <PlanField plans={plans} planId={planId} onPlan={setPlanId} />
      {host !== null && <p className={form.hint}>{t('visitors.whileInside', { name: host.displayName })}</p>}
      <InlineError error={isOfAField(pass.error) ? null : pass.error} />
      <Buttons plan={plan} isPending={pass.isPending} onCancel={() => void navigate('/desk/visitors')} />
    </form>
  );
}

interface PlanFieldProps {
  plans: readonly Plan[];
  planId: string;
  onPlan: (id: string) => void;
}

function PlanField({ plans, planId, onPlan }: PlanFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return plans.length === 0 ? (
    <p className={classes.notice}>{t('visitors.noPlan')}</p>
  ) : (
    <NativeSelect
      label={t('visitors.plan')}
      value={planId}
      data={plans.map((each) => ({
        value: each.id,
        label: t('visitors.planAt', { name: each.name, money: formatMoney(each.price, language) }),
      }))}
      onChange={(event) => {
        onPlan(event.currentTarget.value);
      }}
    />
  );
}

interface ButtonsProps {
  plan: Plan | undefined;
  isPending: boolean;
  onCancel: () => void;
}

function Buttons({ plan, isPending, onCancel }: ButtonsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={form.buttons}>
      <Button type="submit" className={form.submit} loading={isPending} disabled={plan === undefined}>
        {(plan?.price.amount ?? 0) > 0
          ? t('visitors.take', { money: plan === undefined ? '' : formatMoney(plan.price, language) })
          : t('visitors.give')}
      </Button>
      <Button variant="default" className={form.submit} onClick={onCancel}>
        {t('app.cancel')}
      </Button>
    </div>
  );
}
