import { pictureSize } from "#lib/client/help/picture-size.ts";

/** A picture in the reader's theme: loads `name-light.png` or `name-dark.png`. */
export function Picture({ src, alt }: { src: string; alt: string }) {
  const shape = "my-3 h-auto w-full rounded-md border border-line";
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: the pictures have their size already. */}
      <img src={src} alt={alt} {...pictureSize} loading="lazy" className={`theme-light ${shape}`} />
      {/* biome-ignore lint/performance/noImgElement: the pictures have their size already. */}
      <img
        src={src.replace("-light.", "-dark.")}
        alt={alt}
        {...pictureSize}
        loading="lazy"
        className={`theme-dark ${shape}`}
      />
    </>
  );
}
