; Installs TokenTray for one Windows user, without asking for an administrator. electron-builder defines the words in
; ${…} and picks the compiler; nothing here needs more than NSIS itself.
!include LogicLib.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!ifdef APP_ARM64
  !define UNPACKED "${PROJECT_DIR}\release\win-arm64-unpacked"
!else
  !define UNPACKED "${PROJECT_DIR}\release\win-unpacked"
!endif
!define PROGRAM "${PRODUCT_FILENAME}.exe"
!define SHORTCUT "$SMPROGRAMS\${PRODUCT_NAME}.lnk"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${UNINSTALL_APP_KEY}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

Name "${PRODUCT_NAME}"
Caption "${PRODUCT_NAME} ${VERSION}"
Icon "${MUI_ICON}"
UninstallIcon "${MUI_UNICON}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
; Fixed, so that nothing but an earlier TokenTray can be there.
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT_FILENAME}"
AutoCloseWindow true
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; Ends a running TokenTray: first it is asked, and can finish what it does; after ten seconds it is ended.
!macro EndRunning un
Function ${un}EndRunning
  ${IfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
    Return
  ${EndIf}
  Exec '"$INSTDIR\${PROGRAM}" --quit'
  StrCpy $R0 0
  ${Do}
    ; Windows lets nobody write into a program that runs, the one that asks among them.
    ClearErrors
    FileOpen $R1 "$INSTDIR\${PROGRAM}" a
    ${IfNot} ${Errors}
      FileClose $R1
      Return
    ${EndIf}
    ${If} $R0 == 20
      nsExec::Exec 'taskkill /F /IM "${PROGRAM}"'
      Pop $R2
    ${EndIf}
    Sleep 500
    IntOp $R0 $R0 + 1
  ${LoopUntil} $R0 > 40
FunctionEnd
!macroend
!insertmacro EndRunning ""
!insertmacro EndRunning "un."

; Makes the Start menu's entry, with the ID by which Windows shows notifications as TokenTray's.
Function MakeShortcut
  CreateShortCut "${SHORTCUT}" "$INSTDIR\${PROGRAM}" "--open"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}",2)'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call '*(&w128 "${APP_ID}")p.r4'
        ; A PROPVARIANT of the type VT_LPWSTR.
        System::Call '*(&i2 31,&i6 0,p r4,p 0)p.r5'
        ${IPropertyStore::SetValue} $2 '($3,$5)'
        ${IPropertyStore::Commit} $2 ""
        System::Free $5
        System::Free $4
        System::Free $3
        ${IUnknown::Release} $2 ""
      ${EndIf}
      ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

Section
  SetShellVarContext current
  Call EndRunning
  ; An older version's files go first: a program must not find parts of another version beside it.
  RMDir /r "$INSTDIR"
  SetOutPath "$INSTDIR"
  File /r "${UNPACKED}\*.*"
  WriteUninstaller "$INSTDIR\Uninstall ${PRODUCT_NAME}.exe"
  Call MakeShortcut
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT_NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The TokenTray authors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall ${PRODUCT_NAME}.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall ${PRODUCT_NAME}.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${IfNot} ${Silent}
    Exec '"$INSTDIR\${PROGRAM}" --open'
  ${EndIf}
SectionEnd

; Accounts, settings and the items of the Credential Manager are the user's own and stay.
Section Uninstall
  SetShellVarContext current
  Call un.EndRunning
  RMDir /r "$INSTDIR"
  Delete "${SHORTCUT}"
  ; What "Start at login" wrote.
  DeleteRegValue HKCU "${RUN_KEY}" "${APP_ID}"
  DeleteRegValue HKCU "${APPROVED_KEY}" "${APP_ID}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
