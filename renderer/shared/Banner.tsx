import type { AriaRole, ReactNode } from 'react'
import css from './Banner.module.css'
import { Icon, type Shape } from './Icon.tsx'

interface BannerProps {
  tone: 'good' | 'warn' | 'bad' | 'plain'
  role?: AriaRole
  shape?: Shape
  children: ReactNode
}

/** Shows a message across the whole page. */
export function Banner({ tone, role, shape, children }: BannerProps) {
  return (
    <div className={css['banner']} data-tone={tone} role={role}>
      {shape !== undefined && <Icon shape={shape} />}
      {children}
    </div>
  )
}
