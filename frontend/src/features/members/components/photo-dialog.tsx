import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { ApiError } from '@/lib/api-client';
import { useSetPhoto } from '../api/commands';
import type { Member } from '../api/member';
import { shrink, shrinkFile } from '../shrink';
import classes from './member-page.module.css';

/** A face by camera or from a file. Without a camera, or where it is forbidden, a file will do. */
export function PhotoDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const camera = useCamera(video);
  const setPhoto = useSetPhoto(member.id);
  const [unreadable, setUnreadable] = useState(false);
  const save = (picture: Promise<Blob>) => {
    setUnreadable(false);
    picture.then(
      (blob) => {
        setPhoto.run(blob, onClose);
      },
      () => {
        setUnreadable(true);
      },
    );
  };
  const take = () => {
    if (video.current !== null) {
      save(shrink(video.current, video.current.videoWidth, video.current.videoHeight));
    }
  };
  return (
    <Dialog title={t('photo.title', { name: member.displayName })} onClose={onClose} testId="photo">
      <div className={classes.camera}>
        {camera === 'away' ? (
          <p>{t('photo.noCamera')}</p>
        ) : (
          <video ref={video} autoPlay muted playsInline aria-label={t('photo.preview')} />
        )}
        <InlineError error={unreadable ? new ApiError(0, 'invalid_picture', t('photo.unreadable')) : setPhoto.error} />
        <div className={classes.cameraButtons}>
          {camera !== 'away' && (
            <Button loading={setPhoto.pending} disabled={camera !== 'on'} onClick={take}>
              {t('photo.take')}
            </Button>
          )}
          <input
            ref={picker}
            type="file"
            hidden
            accept="image/*"
            aria-label={t('photo.file')}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file !== undefined) {
                save(shrinkFile(file));
              }
              event.currentTarget.value = '';
            }}
          />
          <Button variant="default" disabled={setPhoto.pending} onClick={() => picker.current?.click()}>
            {t('photo.file')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** The camera is on only while it is looked through. */
function useCamera(video: React.RefObject<HTMLVideoElement | null>): 'starting' | 'on' | 'away' {
  const [state, setState] = useState<'starting' | 'on' | 'away'>(() =>
    'mediaDevices' in navigator ? 'starting' : 'away',
  );
  useEffect(() => {
    if (!('mediaDevices' in navigator)) {
      return undefined;
    }
    let stream: MediaStream | null = null;
    let closed = false;
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user', width: 1280 } }).then(
      (opened) => {
        stream = opened;
        if (closed) {
          opened.getTracks().forEach((track) => {
            track.stop();
          });
        } else if (video.current !== null) {
          video.current.srcObject = opened;
          setState('on');
        }
      },
      () => {
        setState('away');
      },
    );
    return () => {
      closed = true;
      stream?.getTracks().forEach((track) => {
        track.stop();
      });
    };
  }, [video]);
  return state;
}
