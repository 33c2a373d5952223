; Links to deskbell: are taken to Deskbell for everyone on this PC. "--" ends the switches, so that no link can carry one.
!macro customInstall
  WriteRegStr HKLM "Software\Classes\deskbell" "" "URL:Deskbell"
  WriteRegStr HKLM "Software\Classes\deskbell" "URL Protocol" ""
  WriteRegStr HKLM "Software\Classes\deskbell\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKLM "Software\Classes\deskbell\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'

  ; The machine-wide configuration says where SMS are sent and whose certificates count. Every user may make folders in
  ; ProgramData, so it is made here, and only administrators write in it. The groups by their ids: their names are translated.
  SetShellVarContext all
  CreateDirectory "$APPDATA\deskbell"
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\deskbell" /setowner *S-1-5-32-544 /Q'
  Pop $0
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\deskbell" /reset /T /C /Q'
  Pop $0
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\deskbell" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q'
  Pop $0
  ${If} $0 != "0"
    DetailPrint "The rights of $APPDATA\deskbell could not be set ($0)"
  ${EndIf}
!macroend

!macro customUnInstall
  DeleteRegKey HKLM "Software\Classes\deskbell"
!macroend
