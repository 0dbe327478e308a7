/** Those of ten characters and more that lead every list of leaked passwords, in lowercase. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `0123456789 0987654321 1234512345 1234567890 12345678910 123456789a 123456789q 1234567891 1q2w3e4r5t 1q2w3e4r5t6y
  1qaz2wsx3edc 9876543210 1qazxsw23edc a123456789 aa12345678 abc1234567 abcd123456 abcdefghij admin12345 admin123456
  administrator administrator1 asdfasdfasdf asdfghjkl1 asdfghjkl; baseball123 basketball changeme12 changeme123
  changeme1234 changemenow computer123 football123 iloveyou12 iloveyou123 letmein123 letmein1234 liverpool1
  manchester michael123 monkey1234 p@ssw0rd123 p@ssword123 passw0rd12 passw0rd123 password00 password01 password10
  password11 password12 password123 password123! password1234 password12345 password@123 passwordpassword
  princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyuiop
  qwertyuiop1 qwertyuiop123 superman123 sunshine123 test123456 testtest123 trustno1trustno1 welcome123 welcome1234
  whatever123 zaq12wsxcde3 zxcvbnm123 zxcvbnmzxcvbnm`.split(/\s+/),
);
