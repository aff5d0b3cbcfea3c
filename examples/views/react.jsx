import { useEffect, useRef } from "react";
import "qkv/views/element";

/** `explanation` and `onChoose` are no attributes, and `key` is React's own: `pointed` is the key that is pointed out. */
export function Attention({ explanation, onChoose, pointed, ...attributes }) {
  const ref = useRef(null);
  useEffect(() => {
    Object.assign(ref.current, { explanation, key: pointed });
  }, [explanation, pointed]);
  useEffect(() => {
    const element = ref.current;
    const choose = ({ detail }) => onChoose?.(detail);
    element.addEventListener("qkv-choose", choose);
    return () => element.removeEventListener("qkv-choose", choose);
  }, [onChoose]);
  return <qkv-attention ref={ref} {...attributes} />;
}
