const side = 640;
const quality = 0.88;

/**
 * A picture as the club keeps it: square, small, and drawn anew, so that nothing a camera writes into its files (place,
 * time, device) leaves this computer. The server does the same once more.
 */
export async function shrink(source: CanvasImageSource, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const cut = Math.min(width, height);
  canvas
    .getContext('2d')
    ?.drawImage(source, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, side, side);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob === null) {
          reject(new Error('The picture could not be drawn.'));
        } else {
          resolve(blob);
        }
      },
      'image/jpeg',
      quality,
    );
  });
}

export async function shrinkFile(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  return shrink(picture, picture.width, picture.height);
}
