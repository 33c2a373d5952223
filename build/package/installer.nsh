; Links to deskbell: are taken to Deskbell for everyone on this PC. "--" ends the switches, so that no link can carry one.
!macro customInstall
  WriteRegStr HKLM "Software\Classes\deskbell" "" "URL:Deskbell"
  WriteRegStr HKLM "Software\Classes\deskbell" "URL Protocol" ""
  WriteRegStr HKLM "Software\Classes\deskbell\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKLM "Software\Classes\deskbell\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey HKLM "Software\Classes\deskbell"
!macroend
