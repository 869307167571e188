import type { ComponentProps } from 'react'
import css from './Button.module.css'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  look?: 'plain' | 'primary' | 'soft' | 'danger' | 'surface' | 'small' | 'done' | 'link'
}

export function Button({ look = 'plain', type = 'button', ...button }: ButtonProps) {
  return <button {...button} type={type} className={css[look]} />
}
