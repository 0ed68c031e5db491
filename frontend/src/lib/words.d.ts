declare module '*?words=frame' {
  const words: Record<string, string>;
  export default words;
}

declare module '*?words=settings' {
  const words: Record<string, string>;
  export default words;
}

declare module '*?words=doors' {
  const words: Record<string, string>;
  export default words;
}

declare module '*?words=people' {
  const words: Record<string, string>;
  export default words;
}
