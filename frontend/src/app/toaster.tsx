import { Notice } from '@/components/notice';
import { dismissToast, useToast } from '@/lib/toast';

/** Where a success is told that is not visible elsewhere. */
export function Toaster() {
  const toast = useToast();
  return (
    <div role="status">
      {toast !== null && (
        <Notice
          key={toast.id}
          text={toast.text}
          action={toast.action?.label}
          onAction={() => {
            toast.action?.run();
            dismissToast();
          }}
        />
      )}
    </div>
  );
}
