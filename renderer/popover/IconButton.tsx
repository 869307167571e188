import type { ComponentProps } from 'react'
import { Icon, type Shape } from '../shared/Icon.tsx'
import css from './IconButton.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children' | 'type'> {
  shape: Shape
}

export function IconButton({ shape, ...button }: IconButtonProps) {
  return (
    <button {...button} type="button" className={css['button']}>
      <Icon shape={shape} />
    </button>
  )
}
